import type { Application, FederatedIdentityCredential } from "../state.ts";
import { badRequest, GraphError } from "./graph-error.ts";
import { requiredText } from "./json-body.ts";

/** What a federated identity credential is made of, besides its id and its name. */
export type CredentialBody = Omit<FederatedIdentityCredential, "id" | "name">;

const RESOURCE = "FederatedIdentityCredential";
const PROPERTIES = ["name", "issuer", "subject", "audiences", "description"];
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/;
const MAX_LENGTH = 600;

/**
 * Reads a credential's body (graph/api/resources/federatedidentitycredential): issuer, subject, exactly one audience, each
 * of at most 600 characters. Values are not compared with anything that exists: wrong ones fail at the exchange only.
 * Texts of these refusals are unverified, modelled on the same rules of user-assigned identities in Resource Manager.
 */
export function readCredential(body: Record<string, unknown>): CredentialBody {
  const unknown = Object.keys(body).find((property) => !PROPERTIES.includes(property));
  if (unknown !== undefined) throw badRequest(`Invalid property '${unknown}'.`);
  const { audiences, description = null } = body;
  if (!Array.isArray(audiences) || audiences.length !== 1 || typeof audiences[0] !== "string") {
    throw badRequest("Federated identity credentials must have exactly one audience.");
  }
  if (description !== null && typeof description !== "string") throw tooLong("description");
  const credential = {
    issuer: requiredText(body, "issuer", RESOURCE),
    subject: requiredText(body, "subject", RESOURCE),
    audiences: [audiences[0]],
    description,
  };
  const limited = { ...credential, audiences: audiences[0] };
  for (const [property, value] of Object.entries(limited)) {
    if (value !== null && value.length > MAX_LENGTH) throw tooLong(property);
  }
  return credential;
}

/** Reads a credential's name: 3 to 120 letters, digits, dashes and underscores (workload-identity-federation-considerations). */
export function readName(body: Record<string, unknown>): string {
  const name = requiredText(body, "name", RESOURCE);
  if (NAME.test(name)) return name;
  throw badRequest(`Federated Identity Credential name '${name}' is invalid.`);
}

/** Issuer and subject together are unique in an application (code and text observed, azure-workload-identity#434). */
export function requireUnique(
  application: Application,
  { issuer, subject }: CredentialBody,
  except?: string,
): void {
  const taken = [...application.federatedIdentityCredentials.values()].some(
    (other) => other.id !== except && other.issuer === issuer && other.subject === subject,
  );
  if (!taken) return;
  throw new GraphError(
    400,
    "InvalidFederatedIdentityCredentialValue",
    `The combination of issuer and subject must be unique for the application. Issuer ${issuer} and Subject: ${subject} ` +
      `already exist. paramName: FederatedIdentityCredential.Subject, paramValue: ${subject}, objectType: ` +
      "Microsoft.Online.DirectoryServices.Application",
  );
}

function tooLong(property: string): GraphError {
  return badRequest(
    `Invalid value specified for property '${property}' of resource '${RESOURCE}'.`,
  );
}
