import { isProperties, toProperties } from "../../grpc/properties.ts";
import type { ResourceName } from "./resource-type.ts";

/** An error with everything Azure said: HTTP status, code and message, and which resource it was about. */
export function describeError(action: string, resource: ResourceName, cause: unknown): string {
  return `cannot ${action} ${resource.type} "${resource.name}": ${azureText(cause)}`;
}

/** What Azure said, in one line. An azure-sdk error has `statusCode`, `code` and the body in `message` or `details`. */
export function azureText(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const { statusCode, code } = toProperties(pick(cause));
  const facts = [
    statusCode === undefined ? undefined : `status ${JSON.stringify(statusCode)}`,
    typeof code === "string" ? code : undefined,
  ].filter((fact) => fact !== undefined);
  const text = cause.message === "" ? cause.name : cause.message;
  return facts.length === 0 ? text : `${facts.join(" ")}: ${text}`;
}

/** The HTTP status of an error that Azure's clients throw; undefined for any other error. */
export function httpStatus(cause: unknown): number | undefined {
  if (!(cause instanceof Error)) return undefined;
  const { statusCode } = toProperties(pick(cause));
  return typeof statusCode === "number" ? statusCode : undefined;
}

function pick(cause: Error): object {
  const fields = Object.entries(cause).filter(([name]) => name === "statusCode" || name === "code");
  const picked = Object.fromEntries(fields);
  return isProperties(picked) ? picked : {};
}
