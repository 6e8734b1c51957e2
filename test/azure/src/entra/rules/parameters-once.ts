import { EntraRefusal } from "./entra-refusal.ts";

/** No parameter is sent more than once (RFC 6749 section 3.2). AADSTS9000411, text observed. */
export function requireParametersOnce(form: URLSearchParams): void {
  const names = [...form.keys()];
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated === undefined) return;
  throw new EntraRefusal(
    9000411,
    400,
    "invalid_request",
    `The request is not properly formatted. The parameter '${repeated}' is duplicated.`,
  );
}
