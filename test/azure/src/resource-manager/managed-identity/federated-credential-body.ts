import { type JsonObject, objectField, stringField } from "../../base/json.ts";
import type { Resource } from "../../world/resource-records.ts";
import { ManagementError } from "../engine/errors.ts";

const MAX_LENGTH = 600;
const MAX_CREDENTIALS = 20;

/**
 * Throws for a name that is not 3 to 120 letters, digits, dashes and underscores, of which the first is a letter or a digit
 * (entra/workload-id/workload-identity-federation-considerations, with the texts of the refusals; their code is unverified).
 */
export function requireCredentialName(name: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/.test(name)) return;
  throw badRequest(`Federated Identity Credential name '${name}' is invalid.`);
}

/**
 * What a PUT body makes of a credential: issuer, subject and exactly one audience. `others` are the identity's other
 * credentials, none of which may have the same issuer and subject. Values are not compared with anything else that exists:
 * wrong ones fail at the exchange. Throws 501 for a matching expression, which takes the place of the subject.
 */
export function federatedCredentialProperties(
  body: JsonObject,
  others: readonly Resource[],
): JsonObject {
  const given = objectField(body, "properties");
  if (Object.keys(given).length === 0)
    throw badRequest("Federated Identity Credential from HTTP body has empty properties");
  if (given["claimsMatchingExpression"])
    throw new ManagementError(
      501,
      "NotImplemented",
      "a federated identity credential with claimsMatchingExpression is not emulated",
    );
  const issuer = requireText(given, "issuer");
  const subject = requireText(given, "subject");
  const { audiences } = given;
  if (!Array.isArray(audiences) || audiences.length !== 1 || typeof audiences[0] !== "string")
    throw badRequest("Federated identity credentials must have exactly one audience.");
  if (others.some(({ properties: { issuer: i, subject: s } }) => i === issuer && s === subject))
    throw badRequest("Issuer and subject combination already exists for this Managed Identity.");
  // The limit is documented, its text is not.
  if (others.length >= MAX_CREDENTIALS)
    throw badRequest(
      `The managed identity cannot have more than ${MAX_CREDENTIALS} federated identity credentials.`,
    );
  return { issuer, subject, audiences };
}

/** The text is unverified. */
function requireText(given: JsonObject, name: string): string {
  const value = stringField(given, name) ?? "";
  if (value.length > 0 && value.length <= MAX_LENGTH) return value;
  throw badRequest(`The property '${name}' must have between 1 and ${MAX_LENGTH} characters.`);
}

function badRequest(message: string): ManagementError {
  return new ManagementError(400, "BadRequest", message);
}
