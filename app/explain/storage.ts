import { networkFault, type Explanation, type Failure, type Row } from "./row.ts";

/** How Azure Storage fails. */
export const storageRows: readonly Row[] = [
  // Storage did not accept the token itself (learn.microsoft.com/rest/api/storageservices
  // "authorize-with-azure-active-directory" and "common-rest-api-error-codes").
  {
    sign: "401 with another tenant's authority",
    matches: ({ details }) => details.storageTenantId !== undefined,
    cause:
      '{blobEndpoint} belongs to tenant {storageTenantId}, and the site came with a token of tenant {tenantId} ("{tenant}"); storage takes tokens of the tenant of its own subscription only',
    fix: "move the target to the entry of tenant {storageTenantId} under `resourceTenants`, or correct its blobEndpoint, and run `pulumi up`; if the subscription was moved to another tenant, let the application in there",
  },
  {
    sign: "InvalidAuthenticationInfo about the issuer",
    matches: invalidToken("issuer"),
    cause: "{blobEndpoint} does not belong to tenant {tenantId}, whose token it was shown",
    fix: "correct the target's tenant or its blobEndpoint under `resourceTenants` and run `pulumi up`",
  },
  {
    sign: "InvalidAuthenticationInfo about the audience",
    matches: invalidToken("audience"),
    cause:
      "the token is for another service than Azure Storage at {blobEndpoint}, or for storage of another cloud",
    fix: "publish the site's package again with `pulumi up --refresh`, `AppPackage` declares it; changed sources must ask for https://storage.azure.com/.default",
  },
  {
    sign: "InvalidAuthenticationInfo about the lifetime",
    matches: invalidToken("lifetime"),
    cause: "the token of tenant {tenantId} was not valid any more, or not yet, by storage's clock",
    fix: "the site drops such a token and fetches another by itself; when it stays, set the machine's clock right",
  },
  {
    sign: "InvalidAuthenticationInfo with another detail or none",
    matches: invalidToken("other"),
    cause:
      "{blobEndpoint} did not accept the token of tenant {tenantId}, for another reason than its issuer, audience or lifetime; authenticationDetail says which, if storage told",
    fix: "the site drops such a token and fetches another by itself; when it stays, make sure that the storage account's subscription belongs to that tenant and to the site's cloud",
  },
  {
    azureCodes: ["NoAuthenticationInformation"],
    cause:
      "the request reached {blobEndpoint} without its token: a proxy on the way takes the Authorization header off",
    fix: "let the site reach storage without that proxy (NO_PROXY), or have the proxy keep the header",
  },
  {
    azureCodes: ["AuthenticationFailed"],
    cause:
      "{blobEndpoint} could not read the request's authorization: something on the way changed the Authorization or x-ms-version header",
    fix: "let the site reach storage without a proxy (NO_PROXY); publish the site's package again with `pulumi up --refresh`",
  },

  // Storage knows who asks and does not allow it (learn.microsoft.com "common-rest-api-error-codes").
  {
    azureCodes: ["AuthorizationPermissionMismatch"],
    cause:
      "the service principal of application {applicationClientId} in tenant {tenantId} has no role that allows this on container \"{container}\" of {blobEndpoint}; a role given by client id, to the home tenant's service principal or to one that was made again since is another one's",
    fix: "when this project's stack manages \"{tenant}\" run `pulumi up --refresh`, `BlobTarget` declares the role, and assign none by hand beside it (one that exists is refused as RoleAssignmentExists: delete that one); otherwise assign Storage Blob Data Contributor at the container to the service principal's object id in tenant {tenantId}. A role takes up to 10 minutes; for a service principal that was made again the site fetches another token by itself within five, or at once when it is restarted (`az webapp restart`)",
  },
  {
    azureCodes: ["AuthorizationFailure"],
    cause:
      "the network rules of the storage account {blobEndpoint} keep the site's address out, or its public network access is off",
    fix: "an admin of the account in tenant {tenantId} lets the site's outbound addresses in (networkAcls), or connects the site's network by a private endpoint",
  },
  {
    azureCodes: ["KeyBasedAuthenticationNotPermitted"],
    cause:
      "{blobEndpoint} takes Entra tokens only and got a shared key or a shared access signature, which this site never sends: something on the way replaces its token, or blobEndpoint carries a signature",
    fix: "correct the target's blobEndpoint and let the site reach storage without a proxy (NO_PROXY); leave shared keys off",
  },
  {
    azureCodes: ["PublicAccessNotPermitted"],
    cause:
      "the request came to {blobEndpoint} as an anonymous one: a proxy on the way takes the Authorization header off",
    fix: "let the site reach storage without that proxy (NO_PROXY); leave public access off",
  },
  {
    azureCodes: ["AccountIsDisabled"],
    cause: "the storage account {blobEndpoint} is disabled, usually with its subscription",
    fix: "the owner of the subscription in tenant {tenantId} activates it again",
  },
  {
    azureCodes: ["InsufficientAccountPermissions"],
    cause: "reading or writing is switched off for the whole storage account {blobEndpoint}",
    fix: "an admin of the account in tenant {tenantId} looks whether it is locked, fails over or is a read-only secondary",
  },

  // The account, the container or the blob is not in a state for it (learn.microsoft.com
  // "common-rest-api-error-codes" and "blob-service-error-codes").
  {
    azureCodes: ["ContainerNotFound"],
    cause: '{blobEndpoint} has no container "{container}": it was deleted or never made',
    fix: "when this project's stack manages \"{tenant}\" run `pulumi up --refresh`, `BlobTarget` declares it; a deleted one can be restored for 7 days; otherwise correct the target's container under `resourceTenants`",
  },
  {
    azureCodes: ["ContainerBeingDeleted"],
    cause: 'container "{container}" of {blobEndpoint} is being deleted',
    fix: "wait a minute, then make it again with `pulumi up --refresh`, or restore it; ask who deletes it",
  },
  {
    azureCodes: ["ContainerDisabled"],
    cause: 'container "{container}" of {blobEndpoint} was disabled by an administrator',
    fix: "ask the owner of the account in tenant {tenantId}",
  },
  {
    azureCodes: ["ResourceNotFound", "InvalidUri"],
    cause:
      "nothing is at the address of this target: the path of {blobEndpoint} names no storage account, or the account was deleted a moment ago",
    fix: "correct the target's blobEndpoint under `resourceTenants`; when this project's stack manages \"{tenant}\" run `pulumi up --refresh`",
  },
  {
    azureCodes: ["AccountBeingCreated"],
    cause: "the storage account {blobEndpoint} is still being created",
    fix: "try again in a minute; when it stays, look at the account's provisioning state",
  },
  {
    azureCodes: [
      "LeaseIdMissing",
      "LeaseAlreadyPresent",
      "LeaseIdMismatchWithBlobOperation",
      "LeaseIdMismatchWithContainerOperation",
    ],
    cause:
      "somebody holds a lease on the blob or the container, which keeps others from changing it",
    fix: "wait until the lease ends, or have its holder release it (or break it: `az storage blob lease break`)",
  },
  {
    azureCodes: ["BlobImmutableDueToPolicy", "BlobImmutableDueToLegalHold"],
    cause:
      'an immutability policy or a legal hold on container "{container}" keeps the blob from being changed or deleted',
    fix: "write under another name, or wait until the policy's time is over; whoever set a legal hold can lift it",
  },
  {
    azureCodes: ["BlobArchived", "BlobBeingRehydrated"],
    cause: "the blob is in the archive tier, where it cannot be read",
    fix: "have it rehydrated (`az storage blob set-tier --tier Hot`), which takes up to 15 hours, then read it again",
  },
  {
    azureCodes: ["SnapshotsPresent"],
    cause: "the blob has snapshots, and this site does not delete those",
    fix: "delete the snapshots first (`az storage blob delete --delete-snapshots only`)",
  },
  {
    azureCodes: ["InvalidBlobType", "BlobOperationNotSupported"],
    cause:
      "the blob exists and is of another kind than a block blob, so that this site cannot write over it",
    fix: "delete the blob first, or write under another name",
  },

  // Storage could not be reached, or could not answer now.
  {
    sign: "429 or 5xx, e.g. ServerBusy, OperationTimedOut, InternalError",
    matches: ({ details }) =>
      details.upstreamStatus === 429 || (details.upstreamStatus ?? 0) >= 500,
    cause: "{blobEndpoint} is busy, throttles or has an outage",
    fix: "try again later, in growing intervals; when it stays, compare the account's load with its limits and look at Azure's status page",
  },
  {
    sign: "ENOTFOUND, EAI_AGAIN",
    matches: (failure) => networkFault(failure) === "name",
    cause:
      "the name in {blobEndpoint} has no address: the storage account was deleted, the endpoint is wrong, or the site's DNS does not answer",
    fix: "when this project's stack manages \"{tenant}\" run `pulumi up --refresh`, `BlobTarget` declares the account; otherwise correct the target's blobEndpoint; with a private endpoint mend its DNS zone",
  },
  {
    sign: "a certificate or TLS error code",
    matches: (failure) => networkFault(failure) === "certificate",
    cause:
      "the site does not trust the certificate that was shown for {blobEndpoint}: something between them intercepts TLS, or the machine's clock is wrong",
    fix: "let storage through the TLS inspection, or have the site trust its authority (NODE_EXTRA_CA_CERTS); never switch the check off",
  },
  {
    sign: '"answered something else than Azure Storage does"',
    matches: ({ details }) => details.foreignAnswer === true,
    cause:
      "not Azure Storage answered for {blobEndpoint}: a proxy or sign-in page on the way did, or the endpoint is another service's",
    fix: "let the site reach storage without that proxy (NO_PROXY), and compare the target's blobEndpoint with the storage account's",
  },
  {
    sign: "ERR_STORAGE_UNREACHABLE otherwise, e.g. ECONNREFUSED, ECONNRESET",
    matches: (failure) =>
      failure.code === "ERR_STORAGE_UNREACHABLE" &&
      !failure.details.foreignAnswer &&
      (networkFault(failure) ?? "connection") === "connection",
    cause:
      "the connection to {blobEndpoint} was refused or broke off: a firewall, route or proxy stops it, or the service is down",
    fix: "try again; when it stays, allow outbound https to {blobEndpoint} in the site's virtual network and firewall",
  },
  {
    sign: "ERR_UPSTREAM_DEADLINE",
    matches: ({ code }) => code === "ERR_UPSTREAM_DEADLINE",
    cause:
      "nothing moved between the site and {blobEndpoint}, or its token's issuer, for longer than the site waits",
    fix: "try again; when it stays, allow outbound https to {blobEndpoint} in the site's virtual network and firewall, and look at Azure's status page",
  },
];

/** What can be said of a failure that no row knows. */
export const unknownStorageFailure: Explanation = {
  cause:
    '{blobEndpoint} refused a request for container "{container}", for a reason this site does not know ({said})',
  fix: 'look the code up under "Azure Blob Storage error codes"; an admin of the account in tenant {tenantId} finds the request in its resource logs (StorageBlobLogs) by {loggedBy} and application {applicationClientId}',
};

function invalidToken(about: "issuer" | "audience" | "lifetime" | "other") {
  return ({ details }: Failure): boolean => {
    if (details.azureCode !== "InvalidAuthenticationInfo") return false;
    if (details.storageTenantId !== undefined) return false;
    const detail = /issuer|audience|lifetime/i.exec(details.authenticationDetail ?? "")?.[0];
    return (detail?.toLowerCase() ?? "other") === about;
  };
}
