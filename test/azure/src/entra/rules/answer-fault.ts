import type { Azure } from "../../service/azure.ts";
import { correlationId, renderRefusal } from "./entra-error.ts";
import { EntraRefusal } from "./entra-refusal.ts";

/**
 * What the login endpoint says in the directory's bad moments: AADSTS90033
 * (learn.microsoft.com/entra/identity-platform/reference-error-codes, MsodsServiceUnavailable), with the fault's status. Text and
 * `error` unverified.
 */
export function answerFault(azure: Azure, request: Request, status: number): Response {
  const text = "A transient error has occurred. Please try again.";
  const refusal = new EntraRefusal(90033, status, "temporarily_unavailable", text);
  return renderRefusal(azure, refusal, correlationId(request));
}
