import type { TargetFacts } from "./facts.ts";
import type { Refusal } from "./refusal.ts";
import { storageRefusal } from "./storage-refusal.ts";

/** Storage knows who asks and does not allow it (learn.microsoft.com "common-rest-api-error-codes"). */
export const storagePermissionRefusals: readonly Refusal<TargetFacts>[] = [
  storageRefusal(
    ["AuthorizationPermissionMismatch"],
    ({ applicationClientId, tenant, tenantId, container, blobEndpoint }) => ({
      cause: `the service principal of application ${applicationClientId} in tenant ${tenantId} has no role that allows this on container "${container}" of ${blobEndpoint}; a role given by client id, to the home tenant's service principal or to one that was made again since is another one's`,
      fix: `wait up to 10 minutes after the role was assigned; when it stays, assign Storage Blob Data Contributor at the container to the service principal's object id in tenant ${tenantId}; when this project's stack manages "${tenant}" run \`pulumi up --refresh\`, \`BlobTarget\` declares it`,
    }),
  ),
  storageRefusal(["AuthorizationFailure"], ({ blobEndpoint, tenantId }) => ({
    cause: `the network rules of the storage account ${blobEndpoint} keep the site's address out, or its public network access is off`,
    fix: `an admin of the account in tenant ${tenantId} lets the site's outbound addresses in (networkAcls), or connects the site's network by a private endpoint`,
  })),
  storageRefusal(["KeyBasedAuthenticationNotPermitted"], ({ blobEndpoint }) => ({
    cause: `${blobEndpoint} takes Entra tokens only and got a shared key or a shared access signature, which this site never sends: something on the way replaces its token, or blobEndpoint carries a signature`,
    fix: "correct the target's blobEndpoint and let the site reach storage without a proxy (NO_PROXY); leave shared keys off",
  })),
  storageRefusal(["PublicAccessNotPermitted"], ({ blobEndpoint }) => ({
    cause: `the request came to ${blobEndpoint} as an anonymous one: a proxy on the way takes the Authorization header off`,
    fix: "let the site reach storage without that proxy (NO_PROXY); leave public access off",
  })),
  storageRefusal(["AccountIsDisabled"], ({ blobEndpoint, tenantId }) => ({
    cause: `the storage account ${blobEndpoint} is disabled, usually with its subscription`,
    fix: `the owner of the subscription in tenant ${tenantId} activates it again`,
  })),
  storageRefusal(["InsufficientAccountPermissions"], ({ blobEndpoint, tenantId }) => ({
    cause: `reading or writing is switched off for the whole storage account ${blobEndpoint}`,
    fix: `an admin of the account in tenant ${tenantId} looks whether it is locked, fails over or is a read-only secondary`,
  })),
];
