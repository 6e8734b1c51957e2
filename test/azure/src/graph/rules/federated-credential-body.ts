import type { JsonObject } from "../../base/json.ts";
import type { Application, FederatedIdentityCredential } from "../../world/directory-records.ts";
import { badRequest, GraphError, invalidValue, notImplemented } from "../engine/errors.ts";
import { requiredText } from "../engine/json-body.ts";

/** What a federated identity credential is made of, besides its id and its name. */
export type CredentialBody = Omit<FederatedIdentityCredential, "id" | "name">;

const RESOURCE = "FederatedIdentityCredential";
const PROPERTIES = ["issuer", "subject", "audiences", "description"];
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/;
const MAX_LENGTH = 600;
const MAX_CREDENTIALS = 20;

/**
 * Reads a credential's body (graph/api/resources/federatedidentitycredential): issuer, subject, exactly one audience, each
 * of at most 600 characters. Values are not compared with anything that exists: wrong ones fail at the exchange only.
 * Texts of these refusals are unverified, modelled on the same rules of user-assigned identities in Resource Manager.
 * Throws 501 for a matching expression, which takes the place of the subject.
 */
export function readCredential(body: JsonObject): CredentialBody {
  const { claimsMatchingExpression = null, ...rest } = body;
  if (claimsMatchingExpression !== null) throw notImplemented("claimsMatchingExpression");
  const unknown = Object.keys(rest).find((property) => !PROPERTIES.includes(property));
  if (unknown !== undefined) throw badRequest(`Invalid property '${unknown}'.`);
  const { audiences, description = null } = rest;
  if (!Array.isArray(audiences) || audiences.length !== 1 || typeof audiences[0] !== "string") {
    throw badRequest("Federated identity credentials must have exactly one audience.");
  }
  if (description !== null && typeof description !== "string") {
    throw invalidValue("description", RESOURCE);
  }
  const credential = {
    issuer: requiredText(rest, "issuer", RESOURCE),
    subject: requiredText(rest, "subject", RESOURCE),
    audiences: [audiences[0]],
    description,
  };
  const limited = { ...credential, audiences: audiences[0] };
  for (const [property, value] of Object.entries(limited)) {
    if (value !== null && value.length > MAX_LENGTH) throw invalidValue(property, RESOURCE);
  }
  return credential;
}

/** Reads a credential's name: 3 to 120 letters, digits, dashes and underscores (workload-identity-federation-considerations). */
export function readName(body: JsonObject): string {
  const name = requiredText(body, "name", RESOURCE);
  if (NAME.test(name)) return name;
  throw badRequest(`Federated Identity Credential name '${name}' is invalid.`);
}

/** What a credential is known by may be repeated, not changed (code and text unverified). */
export function requireReadOnly(property: string, given: unknown, held: string): void {
  if (given !== held) throw badRequest(`Property '${property}' is read-only and cannot be set.`);
}

/** Refuses a name that is taken, and more credentials than an application may have. */
export function requireRoom(application: Application, name: string): void {
  const credentials = [...application.federatedIdentityCredentials.values()];
  if (credentials.some((other) => other.name === name)) {
    // Observed: azure-dev#1482.
    throw new GraphError(
      409,
      "Request_MultipleObjectsWithSameKeyValue",
      `FederatedIdentityCredential with name ${name} already exists.`,
    );
  }
  if (credentials.length >= MAX_CREDENTIALS) {
    // The limit is documented (workload-identity-federation-considerations); code and text are unverified.
    throw new GraphError(
      403,
      "Directory_QuotaExceeded",
      `The application cannot have more than ${MAX_CREDENTIALS} federated identity credentials.`,
    );
  }
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
