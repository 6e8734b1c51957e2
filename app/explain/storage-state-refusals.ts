import type { TargetFacts } from "./facts.ts";
import type { Refusal } from "./refusal.ts";
import { storageRefusal } from "./storage-refusal.ts";

const leaseCodes = [
  "LeaseIdMissing",
  "LeaseAlreadyPresent",
  "LeaseIdMismatchWithBlobOperation",
  "LeaseIdMismatchWithContainerOperation",
];

/**
 * The account, the container or the blob is not in a state for it (learn.microsoft.com
 * "common-rest-api-error-codes" and "blob-service-error-codes").
 */
export const storageStateRefusals: readonly Refusal<TargetFacts>[] = [
  storageRefusal(["ContainerNotFound"], ({ container, blobEndpoint, tenant }) => ({
    cause: `${blobEndpoint} has no container "${container}": it was deleted or never made`,
    fix: `when this project's stack manages "${tenant}" run \`pulumi up --refresh\`, \`BlobTarget\` declares it; a deleted one can be restored for 7 days; otherwise correct the target's container under \`resourceTenants\``,
  })),
  storageRefusal(["ContainerBeingDeleted"], ({ container, blobEndpoint }) => ({
    cause: `container "${container}" of ${blobEndpoint} is being deleted`,
    fix: "wait a minute, then make it again with `pulumi up --refresh`, or restore it; ask who deletes it",
  })),
  storageRefusal(["ContainerDisabled"], ({ container, blobEndpoint, tenantId }) => ({
    cause: `container "${container}" of ${blobEndpoint} was disabled by an administrator`,
    fix: `ask the owner of the account in tenant ${tenantId}`,
  })),
  storageRefusal(["ResourceNotFound", "InvalidUri"], ({ blobEndpoint, tenant }) => ({
    cause: `nothing is at the address of this target: the path of ${blobEndpoint} names no storage account, or the account was deleted a moment ago`,
    fix: `correct the target's blobEndpoint under \`resourceTenants\`; when this project's stack manages "${tenant}" run \`pulumi up --refresh\``,
  })),
  storageRefusal(["AccountBeingCreated"], ({ blobEndpoint }) => ({
    cause: `the storage account ${blobEndpoint} is still being created`,
    fix: "try again in a minute; when it stays, look at the account's provisioning state",
  })),
  storageRefusal(leaseCodes, () => ({
    cause:
      "somebody holds a lease on the blob or the container, which keeps others from changing it",
    fix: "wait until the lease ends, or have its holder release it (or break it: `az storage blob lease break`)",
  })),
  storageRefusal(["BlobImmutableDueToPolicy", "BlobImmutableDueToLegalHold"], ({ container }) => ({
    cause: `an immutability policy or a legal hold on container "${container}" keeps the blob from being changed or deleted`,
    fix: "write under another name, or wait until the policy's time is over; whoever set a legal hold can lift it",
  })),
  storageRefusal(["BlobArchived", "BlobBeingRehydrated"], () => ({
    cause: "the blob is in the archive tier, where it cannot be read",
    fix: "have it rehydrated (`az storage blob set-tier --tier Hot`), which takes up to 15 hours, then read it again",
  })),
  storageRefusal(["SnapshotsPresent"], () => ({
    cause: "the blob has snapshots, and this site does not delete those",
    fix: "delete the snapshots first (`az storage blob delete --delete-snapshots only`)",
  })),
  storageRefusal(["InvalidBlobType", "BlobOperationNotSupported"], () => ({
    cause:
      "the blob exists and is of another kind than a block blob, so that this site cannot write over it",
    fix: "delete the blob first, or write under another name",
  })),
];
