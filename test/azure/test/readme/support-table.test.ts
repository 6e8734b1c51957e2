import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { renderBeliefs } from "../../readme/beliefs.ts";
import { withSections } from "../../readme/sections.ts";
import { services } from "../../readme/services.ts";
import { unstartedAzure } from "../../readme/unstarted-azure.ts";
import { scmRoutes } from "../../src/app-service/routes.ts";
import { createScmFront } from "../../src/app-service/scm-front.ts";
import { ScmSite } from "../../src/app-service/scm-site.ts";
import { createEntra } from "../../src/entra/entra.ts";
import { issueManagedIdentityToken } from "../../src/entra/issue-token.ts";
import { entraRoutes } from "../../src/entra/routes.ts";
import { createMachineEndpoint } from "../../src/instance-metadata/machine-endpoint.ts";
import { machineRoutes } from "../../src/instance-metadata/routes.ts";
import type { Azure } from "../../src/service/azure.ts";
import { findOperation } from "../../src/storage/access/blob-operation.ts";
import { storageRoutes } from "../../src/storage/routes.ts";
import { createMetadata } from "../../src/surroundings/cloud-metadata.ts";
import { createGithubOidc } from "../../src/surroundings/github-oidc.ts";
import { githubRoutes, metadataRoutes } from "../../src/surroundings/routes.ts";
import type { Resource } from "../../src/world/resource-records.ts";
import { compareRoutes } from "./registered-routes.ts";

// The table must not lie. Graph, Resource Manager and Key Vault answer from the very lists that are shown, and tests request
// every row of them. The lists of the other services are compared with what is registered, here.

let azure: Azure;
beforeAll(async () => {
  azure = await unstartedAzure();
});

it("is what npm run readme writes in this workspace", async () => {
  const written = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  expect(written).toBe(await withSections(written));
});

it("finds the beliefs that the command prints where npm run readme found them", async () => {
  const file = new URL("../../src/local-azure/beliefs.ts", import.meta.url);
  expect(await readFile(file, "utf8")).toBe(await renderBeliefs());
});

it("refuses a README that has no place for it", async () => {
  await expect(withSections("# A README")).rejects.toThrow(
    "the README has no <!-- beliefs --> ... <!-- /beliefs -->",
  );
});

it("says what is missing exactly where a route is answered in part, and names each route once", async () => {
  for (const { name, routes } of await services()) {
    const wrong = routes.filter(
      ({ supported, missing }) => (supported === "partly") !== (missing !== undefined),
    );
    expect({ name, wrong }).toEqual({ name, wrong: [] });
    const keys = routes.map(({ method, path }) => `${method} ${path}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  }
});

describe("The rows of a service with registered routes", () => {
  const nothing = { without: [], invented: [] };

  it("are the login endpoint's", () => {
    expect(compareRoutes(createEntra(azure), entraRoutes)).toEqual(nothing);
  });

  it("are the instance metadata service's", () => {
    expect(
      compareRoutes(createMachineEndpoint(azure, issueManagedIdentityToken, "vm"), machineRoutes),
    ).toEqual(nothing);
  });

  it("are the SCM site's", () => {
    const site: Resource = {
      id: "site",
      name: "site",
      type: "Microsoft.Web/sites",
      tenantId: "",
      subscriptionId: "",
      properties: {},
    };
    const scm = new ScmSite(azure, "site", () => Promise.reject(new Error("none")), {
      restart: 0,
      fetch: 0,
    });
    expect(compareRoutes(createScmFront(azure, site, scm, "/none"), scmRoutes)).toEqual(nothing);
  });

  it("are the cloud metadata's", () => {
    expect(compareRoutes(createMetadata(azure), metadataRoutes)).toEqual(nothing);
  });

  it("are the OIDC issuer's", () => {
    expect(compareRoutes(createGithubOidc(azure, "token"), githubRoutes)).toEqual(nothing);
  });

  it.each(entraRoutes.filter(({ supported }) => supported === "no"))(
    "answer 501 for $method $path of the login endpoint",
    async ({ method, path }) => {
      const response = await createEntra(azure).request(filled(path), { method });
      expect(response.status).toBe(501);
    },
  );

  it.each(metadataRoutes)("do not answer 501 for $path", async ({ path }) => {
    expect((await createMetadata(azure).request(path)).status).toBe(200);
  });
});

describe("The rows of Blob storage", () => {
  const levels = ["/{account}", "/{account}/{container}", "/{account}/{container}/{blob}"];
  const known = storageRoutes.map(({ path }) => new URLSearchParams(path.split("?")[1]));
  const values = (name: string) => [...new Set([null, ...known.map((query) => query.get(name))])];
  const combinations = levels.flatMap((level) =>
    ["GET", "HEAD", "PUT", "POST", "DELETE"].flatMap((method) =>
      values("restype").flatMap((restype) =>
        values("comp").map((comp) => ({ method, path: address(level, restype, comp) })),
      ),
    ),
  );

  it.each(storageRoutes)("say of $method $path whether it is answered", (route) => {
    expect(isAnswered(route)).toBe(route.supported !== "no");
  });

  it("leave out no operation that is answered", () => {
    const rows = storageRoutes.map(({ method, path }) => `${method} ${path}`);
    const left = combinations
      .filter(isAnswered)
      .map(({ method, path }) => `${method} ${path}`)
      .filter((operation) => !rows.includes(operation));
    expect(left).toEqual([]);
  });
});

function isAnswered({ method, path }: { method: string; path: string }): boolean {
  const [name = "", query] = path.split("?");
  const [, container, blob] = name.split("/").slice(1);
  const headers = new Headers();
  const request = { method, container, blob, query: new URLSearchParams(query), headers };
  return findOperation(request) !== undefined;
}

function address(level: string, restype: string | null, comp: string | null): string {
  const query = new URLSearchParams();
  if (restype !== null) query.set("restype", restype);
  if (comp !== null) query.set("comp", comp);
  return query.size === 0 ? level : `${level}?${query}`;
}

function filled(path: string): string {
  return path.replaceAll(/\{\w+\}/g, "11111111-1111-4111-8111-111111111111");
}
