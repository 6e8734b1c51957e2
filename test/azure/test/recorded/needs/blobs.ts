import type { Exchange } from "../recording.ts";
import { blobType, leased } from "../blob-headers.ts";
import { NeedNotMet, type Replay } from "./under-way.ts";
import { ensure } from "./ensure.ts";

/** A request with a text for a body says so by itself. */
const octets = { "content-type": "application/octet-stream" };
const ARCHIVED = { "x-ms-access-tier": "Archive" };

/** What a request to Blob storage needs: the account, the container, the blob, and what was done to them before. */
export async function blobNeeds(replay: Replay, { request, response }: Exchange): Promise<void> {
  const { hostname, pathname, searchParams: query } = new URL(request.url);
  const [container = "", blob = ""] = pathname.slice(1).split("/");
  const account = `/subscriptions/${replay.world.subscriptionId}/resourceGroups/blobs/providers/Microsoft.Storage/storageAccounts/${hostname.split(".")[0]}`;
  await ensure(replay, account);
  const code = response.headers["x-ms-error-code"];
  const makes =
    request.method === "PUT" && query.get("restype") === "container" && !query.has("comp");
  const missing = code === "ContainerNotFound" || (makes && code !== "ContainerAlreadyExists");
  if (container === "" || missing || code === "InvalidResourceName") return;
  await ensure(replay, `${account}/blobServices/default/containers/${container}`);
  const address = `${replay.world.azure.endpoints.storage}/${hostname.split(".")[0]}/${container}`;
  const before = blob === "" ? [] : blobSteps(replay, query, request.method, response.status, code);
  const blocks = code === "InvalidBlockList" ? [] : blocksOf(request.body);
  for (const [path, headers, body] of [...before, ...blocks])
    await put(replay, `${address}/${blob}${path}`, headers, body);
  if (!leaseNeeded(query, response.status, code) && !isLeased(response)) return;
  const lease = blob === "" ? "?restype=container&comp=lease" : `/${blob}?comp=lease`;
  await put(replay, `${address}${lease}`, leased, "");
}

type Step = readonly [path: string, headers: Record<string, string>, body: string];

/** How the blob was made that a request finds. */
function blobSteps(
  { recording }: Replay,
  query: URLSearchParams,
  method: string,
  status: number,
  code?: string,
): Step[] {
  const anew =
    method === "PUT" &&
    status === 201 &&
    !["snapshot", "lease", "page", "appendblock"].includes(query.get("comp") ?? "");
  if (recording.name === "pair 010")
    return [["", { "x-ms-blob-type": "BlockBlob", ...ARCHIVED }, "archived"]];
  if (anew || code === "BlobNotFound" || query.get("comp") === "block") return [];
  const type = blobType(recording);
  const ofType: Record<string, string> = { "x-ms-blob-type": type };
  if (type === "PageBlob") return [["", { ...ofType, "x-ms-blob-content-length": "1024" }, ""]];
  if (query.get("comp") === "tier") return [["", { ...ofType, ...ARCHIVED }, "archived"]];
  const content = "a".repeat(status === 206 ? 65_536 : 4);
  if (type === "AppendBlob")
    return [
      ["", ofType, ""],
      ...(status === 206 ? [["?comp=appendblock", {}, content] as const] : []),
    ];
  return [["", ofType, content]];
}

/** The blocks that a list commits. */
function blocksOf(body: unknown): Step[] {
  if (typeof body !== "string") return [];
  const ids = [...body.matchAll(/<Latest>([^<]+)<\/Latest>/g)].map(([, id = ""]) => id);
  return ids.map((id) => [`?comp=block&blockid=${encodeURIComponent(id)}`, {}, "block"]);
}

function leaseNeeded(query: URLSearchParams, status: number, code: string | undefined): boolean {
  if (code === "LeaseAlreadyPresent") return true;
  return query.get("comp") === "lease" && (status === 200 || status === 202);
}

function isLeased({ headers }: Exchange["response"]): boolean {
  return headers["x-ms-lease-state"] === "leased";
}

async function put(
  replay: Replay,
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<void> {
  const init = {
    method: "PUT",
    headers: { "x-ms-version": "2021-06-08", ...octets, ...headers },
    body,
  };
  const response = await replay.world.send("storage", url, init);
  replay.etag = response.headers.get("etag") ?? "";
  const text = await response.text();
  if (!response.ok) throw new NeedNotMet(`PUT ${url}: ${response.status} ${text}`);
}
