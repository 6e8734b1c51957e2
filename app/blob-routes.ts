import { Hono, type Context } from "hono";
import { AppError } from "./app-error.ts";
import { authorize } from "./authorize.ts";
import { downloadBody, tooLarge, uploadBody } from "./blob-bodies.ts";
import { parseBlobName, requireWritableName } from "./blob-name.ts";
import { conditionsOf, md5Of, refusePart } from "./blob-headers.ts";
import { methodNotAllowed } from "./method-not-allowed.ts";
import type { Log, LogVariables } from "./request-log.ts";
import type { Target } from "./target.ts";
import type { TargetSlots } from "./target-slots.ts";
import type { TargetStore } from "./target-store.ts";

export interface BlobRouteDeps {
  readonly targets: ReadonlyMap<string, { readonly target: Target; readonly store: TargetStore }>;
  readonly slots: TargetSlots;
  readonly maxBlobBytes: number;
  readonly log: Log;
}

type BlobContext = Context<{ Variables: LogVariables }>;

/** The rest of the path: slashes included, and line breaks, so that they are refused as what they are. */
const oneBlob = String.raw`/:blob{[\s\S]+}`;

const defaultPageSize = 100;
const largestPageSize = 1000;

/** The data routes, relative to /api/targets/{name}/blobs. */
export function blobRoutes(deps: BlobRouteDeps): Hono<{ Variables: LogVariables }> {
  return new Hono<{ Variables: LogVariables }>()
    .get("/", (c) => listBlobs(c, deps))
    .all("/", methodNotAllowed("GET, HEAD"))
    .get(oneBlob, (c) => readBlob(c, deps))
    .put(oneBlob, (c) => writeBlob(c, deps))
    .delete(oneBlob, (c) => removeBlob(c, deps))
    .all(oneBlob, methodNotAllowed("GET, PUT, DELETE"));
}

async function listBlobs(c: BlobContext, deps: BlobRouteDeps): Promise<Response> {
  const { target, store } = findTarget(c, deps);
  const limit = c.req.query("limit") ?? String(defaultPageSize);
  if (!/^[1-9]\d{0,3}$/.test(limit) || Number(limit) > largestPageSize) {
    throw new AppError(400, "ERR_BAD_QUERY", `limit must be 1 to ${largestPageSize}`);
  }
  const continuation = c.req.query("continuation");
  const slot = deps.slots.open(target.name);
  try {
    const page = await slot.wait(store.list(Number(limit), continuation, slot.signal));
    return c.json({ target: target.name, ...page });
  } finally {
    slot.close();
  }
}

async function readBlob(c: BlobContext, deps: BlobRouteDeps): Promise<Response> {
  // Hono runs GET handlers for HEAD and throws the body away, which would leave the download open.
  if (c.req.method === "HEAD") return methodNotAllowed("GET, PUT, DELETE")(c);
  const { target, store } = findTarget(c, deps);
  const name = blobNameOf(c);
  const slot = deps.slots.open(target.name);
  try {
    const content = await slot.wait(store.read(name, slot.signal));
    const broken = (): void => deps.log({ event: "download broken", target: target.name });
    return new Response(downloadBody(content.body, slot, broken), {
      headers: {
        ...harmlessHeaders(name),
        "content-length": String(content.bytes),
        ...(content.etag && { etag: content.etag }),
      },
    });
  } catch (error) {
    slot.close();
    throw error;
  }
}

async function writeBlob(c: BlobContext, deps: BlobRouteDeps): Promise<Response> {
  const { target, store } = findTarget(c, deps);
  const name = blobNameOf(c);
  requireWritableName(name);
  if (Number(c.req.header("content-length") ?? 0) > deps.maxBlobBytes) {
    throw tooLarge(deps.maxBlobBytes);
  }
  refusePart(c);
  const digest = md5Of(c);
  const conditions = conditionsOf(c);
  const contentType = c.req.header("content-type") ?? "application/octet-stream";
  const slot = deps.slots.open(target.name);
  const body = uploadBody(c.req.raw.body, deps.maxBlobBytes, slot, digest);
  try {
    await slot.wait(store.write(name, body, contentType, conditions, slot.signal));
    return c.json({ target: target.name, blob: name }, 201);
  } finally {
    body.destroy();
    slot.close();
  }
}

async function removeBlob(c: BlobContext, deps: BlobRouteDeps): Promise<Response> {
  const { target, store } = findTarget(c, deps);
  const name = blobNameOf(c);
  const conditions = conditionsOf(c);
  const slot = deps.slots.open(target.name);
  try {
    await slot.wait(store.remove(name, conditions, slot.signal));
    return c.body(null, 204);
  } finally {
    slot.close();
  }
}

function findTarget(
  c: BlobContext,
  deps: BlobRouteDeps,
): { readonly target: Target; readonly store: TargetStore } {
  const found = deps.targets.get(c.req.param("name") ?? "");
  if (found === undefined) {
    throw new AppError(404, "ERR_UNKNOWN_TARGET", "no such target; GET /api/targets lists them");
  }
  c.set("target", found.target.name);
  authorize({ kind: "anonymous" }, found.target);
  return found;
}

// Hono decodes the path before it matches and the parameter once more: "%2541" is taken from the URL. App Service's front
// end has decoded "%2F" by then (github.com/dotnet/aspnetcore/issues/40532), so that a slash and its code mean the same.
function blobNameOf(c: BlobContext): string {
  return parseBlobName(new URL(c.req.url).pathname.split("/").slice(5).join("/"));
}

// A tenant's file must never run as a page of this site, whatever the tenant says it is.
function harmlessHeaders(name: string): Record<string, string> {
  const fileName = encodeURIComponent(name.split("/").at(-1) ?? "").replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return {
    "content-type": "application/octet-stream",
    // RFC 8187 spelling: no name can end the header or start another parameter.
    "content-disposition": `attachment; filename*=UTF-8''${fileName}`,
    "content-security-policy": "sandbox; default-src 'none'",
    "cache-control": "no-store",
  };
}
