import { afterEach, describe, expect, it, vi } from "vitest";
import { resolveCloud, tokenIssuer } from "../../infra/cloud.ts";
import { clouds } from "../../infra/clouds.ts";
import type { StackConfig } from "../../infra/config/stack-config.ts";

const config: StackConfig = {
  homeTenant: undefined,
  resourceTenants: [],
  environment: "public",
  metadataHost: "cloud.example:8443",
  protect: true,
  allowedClientAddresses: [],
  deleteTargets: [],
};
const url = "https://cloud.example:8443/metadata/endpoints?api-version=2022-09-01";
const advice = "check the host and that this machine trusts its certificate";

function answers(response: () => Promise<Response>) {
  const fetch = vi.fn<(url: string) => Promise<Response>>(response);
  vi.stubGlobal("fetch", fetch);
  return fetch;
}

afterEach(() => vi.unstubAllGlobals());

describe("resolveCloud", () => {
  it("asks nobody about Azure's own clouds", async () => {
    const fetch = answers(() => Promise.reject(new Error("must not be called")));
    expect(await resolveCloud({ ...config, metadataHost: undefined })).toBe(clouds.public);
    expect(fetch).not.toHaveBeenCalled();
  });

  it("reads a custom cloud from its metadata host", async () => {
    const metadata = {
      authentication: { loginEndpoint: "https://login.cloud.example/" },
      resourceManager: "https://arm.cloud.example/",
      suffixes: { storage: "cloud.example:8444" },
    };
    const fetch = answers(() => Promise.resolve(Response.json(metadata)));
    expect(await resolveCloud(config)).toEqual({
      loginEndpoint: "https://login.cloud.example",
      resourceManager: "https://arm.cloud.example",
      exchangeAudience: "api://AzureADTokenExchange",
      storageSuffix: "cloud.example",
      metadataHost: "cloud.example:8443",
    });
    expect(fetch.mock.calls[0]?.[0]).toBe(url);
  });

  const unreachable = Object.assign(new TypeError("fetch failed"), {
    cause: new Error("no route"),
  });
  it.each<[string, () => Promise<Response>, string]>([
    [
      "an unreachable host",
      () => Promise.reject(unreachable),
      `cannot be reached (no route); ${advice}`,
    ],
    [
      "a host unreachable at each of its addresses",
      () => {
        const cause = new AggregateError([new Error("no route"), new Error("refused")]);
        return Promise.reject(Object.assign(new TypeError("fetch failed"), { cause }));
      },
      `cannot be reached (no route, refused); ${advice}`,
    ],
    [
      "an error",
      () => Promise.resolve(new Response("", { status: 500 })),
      `answered 500; ${advice}`,
    ],
    ["HTML", () => Promise.resolve(new Response("<html>")), `did not answer with JSON; ${advice}`],
    [
      "a list",
      () => Promise.resolve(Response.json([])),
      `did not answer with a JSON object; ${advice}`,
    ],
    [
      "an object that is no cloud",
      () => Promise.resolve(Response.json({ hello: "world" })),
      "does not say loginEndpoint; is it an Azure metadata host?",
    ],
    [
      "a plain-text login endpoint",
      () => Promise.resolve(Response.json({ authentication: { loginEndpoint: "http://x" } })),
      'names loginEndpoint "http://x", which is not an https address',
    ],
  ])("refuses %s as metadata", async (_what, response, problem) => {
    answers(response);
    await expect(resolveCloud(config)).rejects.toThrow(`metadataHost: ${url} ${problem}`);
  });
});

describe("tokenIssuer", () => {
  it("is the documented form in Azure's own clouds and the discovery document's elsewhere", async () => {
    const fetch = answers(() =>
      Promise.resolve(Response.json({ issuer: "https://issuer/t/v2.0" })),
    );
    expect(await tokenIssuer(clouds.usgovernment, "t")).toBe(
      "https://login.microsoftonline.us/t/v2.0",
    );
    const custom = { ...clouds.public, loginEndpoint: "https://login.x", metadataHost: "x" };
    expect(await tokenIssuer(custom, "t")).toBe("https://issuer/t/v2.0");
    expect(fetch.mock.calls).toEqual([
      ["https://login.x/t/v2.0/.well-known/openid-configuration", expect.anything()],
    ]);
  });

  it("refuses a discovery document that names no issuer", async () => {
    answers(() => Promise.resolve(Response.json({ issuer: "" })));
    const custom = { ...clouds.public, loginEndpoint: "https://login.x", metadataHost: "x" };
    await expect(tokenIssuer(custom, "t")).rejects.toThrow(
      "homeTenant.tenantId: https://login.x/t/v2.0/.well-known/openid-configuration does not say issuer; is it a tenant of this cloud?",
    );
  });
});
