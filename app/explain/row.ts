import type { AppError } from "../app-error.ts";

/** Why a hop failed and what mends it. */
export interface Explanation {
  readonly cause: string;
  readonly fix: string;
}

/** What a failure is recognised by. */
export type Failure = Pick<AppError, "code" | "message" | "details">;

/**
 * A known failure: Entra's numbers or Azure Storage's codes, or whatever else it is recognised by and
 * that in words; its texts have the site's values in braces, "{tenantId}". It is diagnosis for people
 * and nothing branches on it: Entra says that programs which depend on its numbers and texts break
 * over time (entra reference-error-codes).
 */
export type Row = Explanation &
  (
    | { readonly aadsts: readonly number[] }
    | { readonly azureCodes: readonly string[] }
    | { readonly sign: string; readonly matches: (failure: Failure) => boolean }
  );

/** What the failures of `row` are recognised by, in words. */
export function signOf(row: Row): string {
  if ("aadsts" in row) return row.aadsts.map((number) => `AADSTS${number}`).join(", ");
  return "azureCodes" in row ? row.azureCodes.join(", ") : row.sign;
}

/** Whether `failure` is one of those of `row`. */
export function matches(row: Row, failure: Failure): boolean {
  const { aadsts, azureCode } = failure.details;
  if ("aadsts" in row) return aadsts !== undefined && row.aadsts.includes(aadsts);
  if ("azureCodes" in row) return azureCode !== undefined && row.azureCodes.includes(azureCode);
  return row.matches(failure);
}

const tlsCode = /CERT|TLS|SSL|^UNABLE_TO_|INVALID_CA|HOSTNAME_MISMATCH|EPROTO/;

/**
 * In what way a service could not be reached, by the socket's error code (Node.js "Common system
 * errors" and "TLS error codes"); undefined when it was reached.
 */
export function networkFault({
  details: { network },
}: Failure): "name" | "certificate" | "connection" | undefined {
  if (network === undefined) return undefined;
  if (network === "ENOTFOUND" || network === "EAI_AGAIN") return "name";
  return tlsCode.test(network) ? "certificate" : "connection";
}
