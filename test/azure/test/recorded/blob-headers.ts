import type { Replay } from "./needs/under-way.ts";
import type { Exchange, Recording } from "./recording.ts";

const LEASE = "aaaaaaaa-0000-4000-8000-00000000001e";

/**
 * The headers of a blob request, which the recordings lack: what its address and its answer say that they must have been, and
 * the name of the test that sent it.
 */
export function blobHeaders(
  { recording, etag = "" }: Replay,
  { request, response }: Exchange,
): Record<string, string> {
  const query = new URL(request.url).searchParams;
  const version = response.headers["x-ms-version"] ?? "2021-06-08";
  return {
    "x-ms-version": version < "2017-11-09" ? "2017-11-09" : version,
    ...ofOperation(recording, request.method, query, response.status),
    ...ofCondition(recording, response, etag),
    ...special[recording.name],
  };
}

function ofOperation(
  recording: Recording,
  method: string,
  query: URLSearchParams,
  status: number,
): Record<string, string> {
  const comp = query.get("comp");
  if (comp === "lease") return leaseHeaders(status);
  if (comp === "metadata" && method === "PUT") return { "x-ms-meta-recorded": "yes" };
  if (comp === "page") return { "x-ms-page-write": "update", "x-ms-range": "bytes=0-511" };
  if (comp === "tier") return { "x-ms-access-tier": "Hot" };
  if (comp === "copy") return { "x-ms-copy-action": "abort" };
  if (status === 206) return { "x-ms-range": "bytes=0-65535" };
  if (method === "PUT" && comp === null && !query.has("restype"))
    return { "x-ms-blob-type": blobType(recording) };
  return {};
}

/** By status a lease is acquired, broken or let go. */
function leaseHeaders(status: number): Record<string, string> {
  if (status === 202) return { "x-ms-lease-action": "break" };
  if (status === 200) return { "x-ms-lease-action": "release", "x-ms-lease-id": LEASE };
  const proposed = { "x-ms-lease-duration": "-1" };
  return { "x-ms-lease-action": "acquire", ...proposed };
}

/** A lease that was there before the request. */
export const leased = {
  "x-ms-lease-action": "acquire",
  "x-ms-lease-duration": "-1",
  "x-ms-proposed-lease-id": LEASE,
};

/** The type of blob that a test of Azure's is about. */
export function blobType({ source }: Recording): string {
  const path = String(source["path"]);
  if (/page/i.test(path)) return "PageBlob";
  return /test_append|append_blob/i.test(path) ? "AppendBlob" : "BlockBlob";
}

/** A condition that fails, in the tests that are named for that. */
function ofCondition(
  recording: Recording,
  { status, headers }: Exchange["response"],
  etag: string,
): Record<string, string> {
  if (headers["x-ms-error-code"] !== "ConditionNotMet") return {};
  const path = String(recording.source["path"]);
  const later = { "if-modified-since": new Date(Date.now() + 86_400_000).toUTCString() };
  if (status === 304 || /if_modified_fail/.test(path)) return later;
  if (/if_none_match_fail/.test(path)) return { "if-none-match": etag };
  return { "if-match": '"0x111111111111111"' };
}

const emptyKey = { "x-ms-encryption-algorithm": "AES256" };

const special: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "pair 004": emptyKey,
  "pair 005": emptyKey,
  "pair 006": emptyKey,
  "pair 010": { "x-ms-access-tier": "Archive" },
  "pair 066": { "if-none-match": "*" },
  "pair 084": { "if-none-match": "*" },
  "pair 096": { "x-ms-if-sequence-number-eq": "5" },
  "pair 342": { authorization: "Bearer YOU SHALL NOT PASS" },
};
