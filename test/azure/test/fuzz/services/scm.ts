import * as fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import type { Route } from "../../../src/service/route.ts";
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

const group = `/subscriptions/${fuzzTenants.kept.subscriptionId}/resourceGroups/fuzz`;
const web = `${group}/providers/Microsoft.Web`;
const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/fuzz`;

/** The SCM site of a site of its own. The packages that it is sent have nothing that could be started. */
export async function scmService(
  target: FuzzTarget,
  routes: readonly Route[],
): Promise<FuzzService> {
  const manage = await signedInManage(target, "kept");
  const bodies = resourceBodies("kept", group);
  await manage("PUT", group, { location: "westeurope" });
  await manage("PUT", identity, bodies["Microsoft.ManagedIdentity/userAssignedIdentities"]);
  await manage("PUT", `${web}/serverfarms/fuzz`, bodies["Microsoft.Web/serverfarms"]);
  const { siteConfig: _, ...properties } = bodies["Microsoft.Web/sites"].properties;
  const site = { location: "westeurope", properties };
  const made = await manage("PUT", `${web}/sites/fuzz-scm`, site);
  const read = JSON.parse(made.body) as { properties: { hostNameSslStates: Host[] } };
  const scm = read.properties.hostNameSslStates.find(({ hostType }) => hostType === "Repository");
  const authorization = await target.authorization("kept", "https://management.azure.com");
  return {
    name: "scm",
    requests: ofRoutes(routes, (route) =>
      requests(route, {
        origin: `https://${scm?.name}`,
        path: filledPath(route.path, {
          id: ["latest"],
          name: ["packagename.txt"],
          path: ["main.cjs", "a/b", "..%2F..%2Fx", "%2e%2e/%2e%2e/x"],
        }),
        query: route.method === "POST" ? publishQuery : query({}),
        headers: headers({ authorization, "content-type": "application/zip" }, optionalHeaders),
        ...(route.method === "POST" ? { body: zips } : {}),
      }),
    ),
    // 503 stands for a restart of the SCM site.
    statuses: [400, 401, 403, 404, 405, 409, 411, 413, 415, 501, 503],
    isError: ({ body }) => body !== "",
  };
}

interface Host {
  readonly name: string;
  readonly hostType: string;
}

const publishQuery = query(
  {
    clean: ["true"],
    path: ["x"],
    restart: ["false"],
    deployer: ["x"],
    trackDeploymentProgress: ["true"],
  },
  { type: ["zip", "zip", "zip", "war"], async: ["true", "true", "true", "false"] },
);

const optionalHeaders = {
  "content-type": ["text/plain", "multipart/form-data; boundary=x"],
  "content-encoding": ["gzip"],
  "if-match": ["*"],
};

const names = [
  ["../x", "/x", "a/../../x", "..\\x", "C:/x", "a\0b", "", ".", "a/", "a//b", "x".repeat(300)],
  ["a/".repeat(200), "__pr0to__", "constructor/x", "é", "con", "a/b", "a"],
].flat();

/** Zips of one or two names, good and hostile, cut, with bytes turned over, and what is no zip. */
const zips: fc.Arbitrary<FuzzRequest["body"]> = fc.oneof(
  { weight: 4, arbitrary: archive() },
  { weight: 3, arbitrary: fc.tuple(archive(), fc.nat(400)).map(([zip, at]) => zip.slice(0, at)) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(archive(), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 4 }))
      .map(([zip, turned]) => {
        for (const [at, value] of turned) zip[at % zip.length] = value;
        return zip;
      }),
  },
  { weight: 1, arbitrary: fc.constantFrom(bomb(), new Uint8Array(), new Uint8Array(70_000)) },
  { weight: 1, arbitrary: nastyText },
);

function archive(): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const name = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: nastyText.filter((text) => text !== "__proto__") },
  );
  return fc.array(name, { maxLength: 3 }).map((all) => {
    const zip = zipSync(Object.fromEntries(all.map((one) => [one, strToU8("x")])));
    // fflate cannot write a file of that name, others can.
    const text = Buffer.from(zip).toString("latin1").replaceAll("__pr0to__", "__proto__");
    return new Uint8Array(Buffer.from(text, "latin1"));
  });
}

/** 40 MB of nothing in some 40 KB, within what a package may unpack to. */
function bomb(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(zipSync({ zeros: new Uint8Array(40_000_000) }, { level: 9 }));
}
