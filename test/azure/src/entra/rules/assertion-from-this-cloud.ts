import type { FederatedIdentityCredential } from "../../world/directory-records.ts";
import type { Assertion } from "./assertion-well-formed.ts";
import { EntraRefusal } from "./entra-refusal.ts";

/** Login endpoints of the other clouds (entra/identity-platform/authentication-national-cloud). */
const OTHER_CLOUDS = [
  "login.microsoftonline.com",
  "login.microsoftonline.us",
  "login.partner.microsoftonline.cn",
  "login.chinacloudapi.cn",
];

/**
 * A token of another cloud's Entra is no credential, even where one names its issuer: "another cloud isn't supported"
 * (workload-identity-federation-config-app-trust-managed-identity). AADSTS700238, observed; its text is unverified.
 */
export function requireThisCloud(
  { issuer }: Assertion,
  credentials: readonly FederatedIdentityCredential[],
): void {
  const trusted = credentials.some((credential) => credential.issuer === issuer);
  const host = URL.canParse(issuer) ? new URL(issuer).host : "";
  if (!trusted || !OTHER_CLOUDS.includes(host)) return;
  throw new EntraRefusal(
    700238,
    401,
    "invalid_client",
    `Tokens issued by issuer '${issuer}' from another sovereign cloud may not be used for federated identity ` +
      "credential flows in this cloud.",
  );
}
