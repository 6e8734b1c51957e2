import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { homeOwner, refusalOf, type HomeOwner } from "./home-owner.ts";
import { createKeyVault } from "../key-vault/key-vault.ts";
import { follow, withApiVersion } from "./management-client.ts";
import { requireSupportedApiVersion } from "./require-api-version.ts";
import { createResourceManager } from "./resource-manager.ts";

// Documents: "Resolve errors for invalid API version / resource type"; rest/api/azure, request and response headers.

let world: HomeOwner;
beforeAll(async () => {
  world = await homeOwner();
});

describe("API versions", () => {
  const refused = ["2099-01-01", "2011-01-01", "2024-13-01", "latest"];

  it.each(refused)(
    "refuses %s for a resource group, and names those there are",
    async (version) => {
      const answer = await world.owner("GET", `${world.group}?api-version=${version}`);
      expect([answer.status, answer.error.code]).toEqual([400, "InvalidApiVersionParameter"]);
      expect(answer.error.message).toMatch(
        new RegExp(
          `^The api-version '${version}' is invalid\\. The supported versions are '2025-04-01,2025-03-01,`,
        ),
      );
    },
  );

  it("refuses one between those that there are", async () => {
    const account = `${world.group}/providers/Microsoft.Storage/storageAccounts/abc`;
    const refusal = await world.owner("GET", `${account}?api-version=2024-02-01`);
    expect([refusal.status, refusal.error.code]).toEqual([404, "InvalidResourceType"]);
    expect(refusal.error.message).toContain(
      "'storageAccounts' could not be found in the namespace",
    );
    const containers = `${account}/blobServices/default/containers?api-version=2017-06-01`;
    const nested = await world.owner("GET", containers);
    expect(nested.error.message).toContain("2018-02-01,2017-10-01,2016-12-01,2016-05-01'.");
  });

  it("answers one that is newer than all that are known, and logs it", async () => {
    const newer = new Date(world.tenants.azure.clock.now()).toISOString().slice(0, 10);
    const answer = await world.owner("GET", `${world.group}?api-version=${newer}-preview`);
    expect(answer.status).toBe(200);
    expect(world.tenants.logged.join("\n")).toContain("api-version-newer-than-known");
  });

  it.each(refused)("refuses %s for an account in a location", async (version) => {
    const account = `${world.group}/providers/Microsoft.Storage/storageAccounts/abc`;
    const body = { location: "westeurope" };
    const { status, error } = await world.owner("PUT", `${account}?api-version=${version}`, body);
    expect([status, error.code]).toEqual([400, "NoRegisteredProviderFound"]);
    expect(error.message).toContain(
      `No registered resource provider found for location 'westeurope' and API version '${version}' for type 'storageAccounts'. The supported api-versions are '2026-09-01, 2026-04-01,`,
    );
  });

  it("refuses one for a type that is nowhere in particular", async () => {
    const path = `${world.group}/providers/Microsoft.Authorization/roleAssignments?api-version=2099-01-01`;
    const { status, error } = await world.owner("GET", path);
    expect([status, error.code]).toEqual([404, "InvalidResourceType"]);
    expect(error.message).toContain(
      "The resource type 'roleAssignments' could not be found in the namespace 'Microsoft.Authorization' for api version '2099-01-01'. The supported api-versions are '2022-04-01,",
    );
  });
});

describe("Headers", () => {
  it("tells the request's ids and what is left of the limits", async () => {
    const correlation = randomUUID();
    const headers = {
      "x-ms-correlation-request-id": correlation,
      "x-ms-client-request-id": "mine",
    };
    const answer = await get(headers);
    expect(answer.headers.get("x-ms-correlation-request-id")).toBe(correlation);
    expect(answer.headers.get("x-ms-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers.get("x-ms-ratelimit-remaining-subscription-reads")).toBe("249");
    expect(answer.headers.get("x-ms-client-request-id")).toBeNull();
  });

  it("says that an answer without a body has none", async () => {
    const group = `${world.group}-gone`;
    await world.owner("PUT", group, { location: "westeurope" });
    const accepted = await world.owner("DELETE", group);
    const done = await follow(world.owner, accepted);
    const lengths = [accepted, done].map(({ headers }) => headers.get("content-length"));
    expect([accepted.status, done.status, ...lengths]).toEqual([202, 200, "0", "0"]);
  });

  it("repeats the client's request id where the client asks for that, also with a refusal", async () => {
    const headers = {
      "x-ms-client-request-id": "mine",
      "x-ms-return-client-request-id": "true",
    };
    const answer = await get(headers, `${world.group}2`);
    expect([answer.status, answer.headers.get("x-ms-client-request-id")]).toEqual([404, "mine"]);
  });

  it.each(["if-match", "if-none-match"])(
    "refuses a write with %s where nothing looks at it",
    async (name) => {
      const answer = await send("PUT", world.group, { [name]: "*" }, { location: "westeurope" });
      expect([answer.status, await answer.json()]).toEqual([
        501,
        {
          error: {
            code: "NotImplemented",
            message: `PUT ${world.group} with the header ${name} is not emulated`,
          },
        },
      ]);
    },
  );
});

describe("Etags of blob containers", () => {
  it("refuses a write for another state than the one there is", async () => {
    const account = `${world.group}/providers/Microsoft.Storage/storageAccounts/etags`;
    const sku = { name: "Standard_LRS" };
    await world.owner("PUT", account, { location: "westeurope", kind: "StorageV2", sku });
    const container = `${account}/blobServices/default/containers/one`;
    const put = (headers: Record<string, string>) => send("PUT", container, headers, {});
    expect((await put({ "if-match": "*" })).status).toBe(412);
    expect((await put({ "if-none-match": "*" })).status).toBe(201);
    const refused = await put({ "if-none-match": "*" });
    expect(refused.status).toBe(412);
    expect(await refused.json()).toMatchObject({
      error: {
        code: "PreconditionFailed",
        message: "The condition 'If-None-Match: *' is not met by the resource's current state.",
      },
    });
    const { body } = await world.owner("GET", container);
    const metadata = { stage: "dev" };
    const changed = await world.owner("PATCH", container, { properties: { metadata } });
    expect(changed.body["etag"]).not.toBe(body["etag"]);
    expect((await put({ "if-match": String(body["etag"]) })).status).toBe(412);
    expect((await put({ "if-match": String(changed.body["etag"]) })).status).toBe(200);
  });
});

describe("Long-running operations", () => {
  it("are followed in the version of the request that began them", async () => {
    const account = `${world.group}/providers/Microsoft.Storage/storageAccounts/followed`;
    const body = { location: "westeurope", kind: "StorageV2", sku: { name: "Standard_LRS" } };
    const accepted = await world.owner("PUT", `${account}?api-version=2023-05-01`, body);
    expect(new URL(accepted.headers.get("location") ?? "").search).toBe("?api-version=2023-05-01");
    expect((await follow(world.owner, accepted)).status).toBe(200);
  });

  it("are followed in a version that is newer than those known of the type alone that began them", () => {
    const path = `/subscriptions/${randomUUID()}/operationresults/${randomUUID()}`;
    // Key Vault's, of azure-mgmt-keyvault 14.1.0 for Python; storage has newer ones.
    const version = "2026-05-15";
    const azure = { clock: { now: () => Date.UTC(2026, 9, 1) }, log: () => {} };
    const request = { method: "GET", path, location: undefined };
    expect(() => requireSupportedApiVersion(azure, request, version)).not.toThrow();
  });

  it("are followed by Azure-AsyncOperation", async () => {
    const machine = `${world.group}/providers/Microsoft.Compute/virtualMachines/vm`;
    const created = await world.owner("PUT", machine, { location: "westeurope" });
    expect([created.status, Object(created.body["properties"])]).toMatchObject([
      201,
      { provisioningState: "Creating" },
    ]);
    const { pathname, search } = new URL(created.headers.get("azure-asyncoperation") ?? "");
    const done = await world.owner("GET", `${pathname}${search}`);
    expect(done.body).toMatchObject({ status: "Succeeded", name: pathname.split("/").at(-1) });
    const none = await world.owner("GET", `${pathname}0${search}`);
    expect([none.status, none.error.code]).toEqual([404, "OperationNotFound"]);
    const { other } = world.tenants;
    const foreign = world.tenants.principal(other);
    world.tenants.grant(foreign, "Owner", `/subscriptions/${other.subscriptionId}`);
    const elsewhere = pathname.replace(world.tenants.home.subscriptionId, other.subscriptionId);
    const hidden = await world.as(foreign)("GET", `${elsewhere}${search}`);
    expect([hidden.status, hidden.error.code]).toEqual([404, "OperationNotFound"]);
    const stranger = world.tenants.principal(world.tenants.home);
    const refused = await world.as(stranger)("GET", `${pathname}${search}`);
    expect(refusalOf(refused).slice(0, 2)).toEqual([403, "AuthorizationFailed"]);
  });
});

function get(headers: Record<string, string>, path = world.group): Promise<Response> {
  return send("GET", path, headers);
}

async function send(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<Response> {
  const { tenants, appService, principal } = world;
  const authorization = await tenants.bearer(principal, "resource-manager");
  const app = createResourceManager(tenants.azure, appService, createKeyVault(tenants.azure));
  return app.request(withApiVersion(method, path), {
    method,
    headers: { authorization, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
