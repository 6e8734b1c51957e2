import * as fc from "fast-check";
import type { Route } from "../../../src/service/route.ts";
import { bentXml } from "../arbitraries/bent-xml.ts";
import { headers } from "../arbitraries/headers.ts";
import { nastyText } from "../arbitraries/nasty-text.ts";
import { ofRoutes } from "../arbitraries/of-routes.ts";
import { requests } from "../arbitraries/request.ts";
import { filledPath, query } from "../arbitraries/uri.ts";
import type { FuzzRequest } from "../fuzz-request.ts";
import { fuzzTenants } from "../fuzz-seed.ts";
import type { FuzzService } from "../fuzz-service.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { resourceBodies, signedInManage } from "../management-world.ts";
import {
  account,
  blobs,
  compParts,
  type CompParts,
  container,
  optionalHeaders,
  optionalParameters,
} from "./storage-parts.ts";
import { signatures } from "./storage-signatures.ts";

const group = `/subscriptions/${fuzzTenants.kept.subscriptionId}/resourceGroups/fuzz`;
const accountId = `${group}/providers/Microsoft.Storage/storageAccounts/${account}`;

/** Blob storage: every operation of the support table, in both forms of address, by token and by signature. */
export async function storageService(
  target: FuzzTarget,
  routes: readonly Route[],
): Promise<FuzzService> {
  const manage = await signedInManage(target, "kept");
  await manage("PUT", group, { location: "westeurope" });
  await manage(
    "PUT",
    accountId,
    resourceBodies("kept", group)["Microsoft.Storage/storageAccounts"],
  );
  const origin = target.endpoints.storage;
  const authorization = await target.authorization("kept", "https://storage.azure.com");
  const write = (method: string, path: string, more: Readonly<Record<string, string>> = {}) =>
    target.send({
      route: path,
      origin,
      method,
      path: `/${account}/${container}${path}`,
      headers: { authorization, "x-ms-version": "2026-10-06", "content-length": "0", ...more },
    });
  const renew = async () => {
    const broken = { "x-ms-lease-action": "break", "x-ms-lease-break-period": "0" };
    await write("PUT", "?restype=container&comp=lease", broken);
    await write("PUT", "?restype=container");
    for (const blob of blobs) {
      await write("PUT", `/${blob}?comp=lease`, broken);
      const type = blob === "append" ? "AppendBlob" : blob === "page" ? "PageBlob" : "BlockBlob";
      const sized = type === "PageBlob" ? { "x-ms-blob-content-length": "1024" } : {};
      await write("PUT", `/${blob}`, { "x-ms-blob-type": type, ...sized });
    }
  };
  await renew();
  const signed = await signatures(target, account, container, authorization);
  return {
    name: "storage",
    requests: ofRoutes(routes, (route) => requestsOf(route, origin, authorization, signed)),
    statuses: [304, 400, 401, 403, 404, 405, 409, 411, 412, 413, 415, 416, 501],
    isError: ({ body, headers: answered }) =>
      answered.has("x-ms-error-code") && (body === "" || /<Error>.*<Code>\w+<\/Code>/s.test(body)),
    renew,
  };
}

function requestsOf(
  route: Route,
  origin: string,
  authorization: string,
  signed: fc.Arbitrary<string>,
): fc.Arbitrary<FuzzRequest> {
  const [template = "", fixed = ""] = route.path.split("?");
  const parts = compParts[new URLSearchParams(fixed).get("comp") ?? ""] ?? {};
  const always = Object.fromEntries(
    [...new URLSearchParams(fixed)].map(([name, value]) => [name, [value]]),
  );
  const asked = query(optionalParameters, { ...always, ...parts.query });
  const path = filledPath(template, { account: [account], container: [container], blob: blobs });
  const base = { "x-ms-version": "2026-10-06", "x-ms-blob-type": "BlockBlob", ...parts.headers };
  const source = `${origin}/${account}/${container}/block`;
  const copied = {
    "x-ms-copy-source": [source, `${source}?snapshot=x`, "https://localhost/x", "x"],
  };
  const sent = headers({ authorization, ...base }, { ...optionalHeaders, ...copied }, 4);
  const body = route.method === "PUT" || route.method === "POST" ? { body: bodyOf(parts) } : {};
  const byToken = requests(route, { origin, path, query: asked, headers: sent, ...body });
  const bySignature = requests(route, {
    origin,
    path,
    query: fc.tuple(asked, signed).map(([search, text]) => `${search || "?"}&${text}`),
    headers: headers(base, { ...optionalHeaders, ...copied }, 2),
    ...body,
  });
  const { port } = new URL(origin);
  const atHost = byToken.map((request) => ({
    ...request,
    path: request.path.replace(`/${account}`, "") || "/",
    headers: { ...request.headers, host: `${account}.blob.localhost:${port}` },
  }));
  return fc.oneof(
    { weight: 4, arbitrary: byToken },
    { weight: 1, arbitrary: atHost },
    { weight: 1, arbitrary: bySignature },
  );
}

function bodyOf({ xml, body = "content" }: CompParts): fc.Arbitrary<string> {
  if (xml !== undefined) return bentXml(xml);
  const lines = body.split("\r\n");
  const bent = fc
    .tuple(fc.nat(lines.length - 1), nastyText)
    .map(([at, text]) => lines.map((line, index) => (index === at ? text : line)).join("\r\n"));
  return fc.oneof({ weight: 3, arbitrary: fc.constant(body) }, { weight: 2, arbitrary: bent });
}
