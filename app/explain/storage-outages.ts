import type { TargetFacts } from "./facts.ts";
import { isForeignAnswer } from "./foreign-answer.ts";
import { networkFault } from "./network-fault.ts";
import type { Refusal } from "./refusal.ts";

/** Storage could not be reached, or could not answer now. */
export const storageOutages: readonly Refusal<TargetFacts>[] = [
  {
    sign: "429 or 5xx, e.g. ServerBusy, OperationTimedOut, InternalError",
    matches: ({ details }) =>
      details.upstreamStatus === 429 || (details.upstreamStatus ?? 0) >= 500,
    explain: ({ blobEndpoint }) => ({
      cause: `${blobEndpoint} is busy, throttles or has an outage`,
      fix: "try again later, in growing intervals; when it stays, compare the account's load with its limits and look at Azure's status page",
    }),
  },
  {
    sign: "ENOTFOUND, EAI_AGAIN",
    matches: (failure) => networkFault(failure) === "name",
    explain: ({ blobEndpoint, tenant }) => ({
      cause: `the name in ${blobEndpoint} has no address: the storage account was deleted, the endpoint is wrong, or the site's DNS does not answer`,
      fix: `when this project's stack manages "${tenant}" run \`pulumi up --refresh\`, \`BlobTarget\` declares the account; otherwise correct the target's blobEndpoint; with a private endpoint mend its DNS zone`,
    }),
  },
  {
    sign: "a certificate or TLS error code",
    matches: (failure) => networkFault(failure) === "certificate",
    explain: ({ blobEndpoint }) => ({
      cause: `the site does not trust the certificate that was shown for ${blobEndpoint}: something between them intercepts TLS, or the machine's clock is wrong`,
      fix: "let storage through the TLS inspection, or have the site trust its authority (NODE_EXTRA_CA_CERTS); never switch the check off",
    }),
  },
  {
    sign: '"answered something else than Azure Storage does"',
    matches: isForeignAnswer,
    explain: ({ blobEndpoint }) => ({
      cause: `not Azure Storage answered for ${blobEndpoint}: a proxy or sign-in page on the way did, or the endpoint is another service's`,
      fix: "let the site reach storage without that proxy (NO_PROXY), and compare the target's blobEndpoint with the storage account's",
    }),
  },
  {
    sign: "ERR_STORAGE_UNREACHABLE otherwise, e.g. ECONNREFUSED, ECONNRESET",
    matches: (failure) =>
      failure.code === "ERR_STORAGE_UNREACHABLE" &&
      !isForeignAnswer(failure) &&
      (networkFault(failure) ?? "connection") === "connection",
    explain: ({ blobEndpoint }) => ({
      cause: `the connection to ${blobEndpoint} was refused or broke off: a firewall, route or proxy stops it, or the service is down`,
      fix: `try again; when it stays, allow outbound https to ${blobEndpoint} in the site's virtual network and firewall`,
    }),
  },
  {
    sign: "ERR_UPSTREAM_DEADLINE",
    matches: ({ code }) => code === "ERR_UPSTREAM_DEADLINE",
    explain: ({ blobEndpoint }) => ({
      cause: `nothing moved between the site and ${blobEndpoint}, or its token's issuer, for longer than the site waits`,
      fix: `try again; when it stays, allow outbound https to ${blobEndpoint} in the site's virtual network and firewall, and look at Azure's status page`,
    }),
  },
];
