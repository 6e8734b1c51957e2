import type { TargetFacts } from "./facts.ts";
import type { Failure, Refusal } from "./refusal.ts";
import { storageRefusal } from "./storage-refusal.ts";

/**
 * Storage did not accept the token itself (learn.microsoft.com/rest/api/storageservices
 * "authorize-with-azure-active-directory" and "common-rest-api-error-codes").
 */
export const storageTokenRefusals: readonly Refusal<TargetFacts>[] = [
  {
    sign: "401 with another tenant's authority",
    matches: ({ details }) => details.storageTenantId !== undefined,
    explain: ({ tenant, tenantId, blobEndpoint }, { details }) => ({
      cause: `${blobEndpoint} belongs to tenant ${details.storageTenantId}, and the site came with a token of tenant ${tenantId} ("${tenant}"); storage takes tokens of the tenant of its own subscription only`,
      fix: `move the target to the entry of tenant ${details.storageTenantId} under \`resourceTenants\`, or correct its blobEndpoint, and run \`pulumi up\`; if the subscription was moved to another tenant, let the application in there`,
    }),
  },
  {
    sign: "InvalidAuthenticationInfo about the issuer",
    matches: invalidToken("issuer"),
    explain: ({ tenantId, blobEndpoint }) => ({
      cause: `${blobEndpoint} does not belong to tenant ${tenantId}, whose token it was shown`,
      fix: "correct the target's tenant or its blobEndpoint under `resourceTenants` and run `pulumi up`",
    }),
  },
  {
    sign: "InvalidAuthenticationInfo about the audience",
    matches: invalidToken("audience"),
    explain: ({ blobEndpoint }) => ({
      cause: `the token is for another service than Azure Storage at ${blobEndpoint}, or for storage of another cloud`,
      fix: "publish the site's package again with `pulumi up --refresh`, `AppPackage` declares it; changed sources must ask for https://storage.azure.com/.default",
    }),
  },
  {
    sign: "InvalidAuthenticationInfo about the lifetime",
    matches: invalidToken("lifetime"),
    explain: ({ tenantId }) => ({
      cause: `the token of tenant ${tenantId} was not valid any more, or not yet, by storage's clock`,
      fix: "the site drops such a token and fetches another by itself; when it stays, set the machine's clock right",
    }),
  },
  {
    sign: "InvalidAuthenticationInfo with another detail or none",
    matches: invalidToken("other"),
    explain: ({ tenantId, blobEndpoint }) => ({
      cause: `${blobEndpoint} did not accept the token of tenant ${tenantId}, for another reason than its issuer, audience or lifetime; authenticationDetail says which, if storage told`,
      fix: "the site drops such a token and fetches another by itself; when it stays, make sure that the storage account's subscription belongs to that tenant and to the site's cloud",
    }),
  },
  storageRefusal(["NoAuthenticationInformation"], ({ blobEndpoint }) => ({
    cause: `the request reached ${blobEndpoint} without its token: a proxy on the way takes the Authorization header off`,
    fix: "let the site reach storage without that proxy (NO_PROXY), or have the proxy keep the header",
  })),
  storageRefusal(["AuthenticationFailed"], ({ blobEndpoint }) => ({
    cause: `${blobEndpoint} could not read the request's authorization: something on the way changed the Authorization or x-ms-version header`,
    fix: "let the site reach storage without a proxy (NO_PROXY); publish the site's package again with `pulumi up --refresh`",
  })),
];

function invalidToken(about: "issuer" | "audience" | "lifetime" | "other") {
  return ({ details }: Failure): boolean => {
    if (details.azureCode !== "InvalidAuthenticationInfo") return false;
    if (details.storageTenantId !== undefined) return false;
    const detail = /issuer|audience|lifetime/i.exec(details.authenticationDetail ?? "")?.[0];
    return (detail?.toLowerCase() ?? "other") === about;
  };
}
