import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import {
  createMachineWorld,
  type MachineWorld,
  type MetadataAnswer,
  TOKEN,
} from "./machine-world.ts";

let world: MachineWorld;
let ask: (path: string, init?: RequestInit) => Promise<MetadataAnswer>;
let own: string;
beforeEach(async () => {
  world = await createMachineWorld();
  const { identity } = await world.putMachine("vm", { type: "SystemAssigned" });
  own = (identity as { principalId: string }).principalId;
  ask = world.metadata("vm");
});

const refused = (error: string, error_description: string) => ({
  status: 400,
  body: { error, error_description },
});

describe("Use managed identities on a virtual machine to acquire access token, refusals", () => {
  it.each([undefined, "True", "TRUE", "false", ""])(
    "refuses a request whose Metadata header is %s",
    async (metadata) => {
      const headers: Record<string, string> = metadata === undefined ? {} : { metadata };
      expect(await ask(TOKEN, { headers })).toMatchObject(
        refused("invalid_request", "Required metadata header not specified"),
      );
    },
  );

  it("refuses a request that came through a proxy", async () => {
    const headers = { metadata: "true", "x-forwarded-for": "203.0.113.1" };
    expect(await ask(TOKEN, { headers })).toMatchObject(
      refused("invalid_request", "X-Forwarded-For header is not allowed"),
    );
  });

  it.each(["api-version", "resource"])("refuses a request without %s", async (name) => {
    const [path = "", query] = TOKEN.split("?");
    const parameters = new URLSearchParams(query);
    parameters.delete(name);
    expect(await ask(`${path}?${parameters.toString()}`)).toMatchObject(
      refused("invalid_request", `Required query variable '${name}' is missing`),
    );
  });

  it.each(["2017-12-01", "2018-02-02", "latest"])("refuses api-version %s", async (version) => {
    expect(await ask(TOKEN.replace("2018-02-01", version))).toMatchObject(
      refused("invalid_request", "Invalid 'api-version' requested"),
    );
  });

  it("refuses a resource that the tenant does not know, with Entra's words", async () => {
    const path = TOKEN.replace("https://management.azure.com/", "https://nothing.example");
    const { status, body } = await ask(path);
    expect([status, body["error"]]).toEqual([400, "invalid_resource"]);
    expect(body["error_description"]).toContain(
      `AADSTS500011: The resource principal named https://nothing.example was not found in the tenant named ${world.tenants.home.tenantId}.`,
    );
  });

  it("refuses an identity whose service principal is disabled, with Entra's words", async () => {
    const principal = world.azure.state.servicePrincipals.get(own);
    if (principal === undefined) throw new Error("no service principal");
    principal.accountEnabled = false;
    expect(await ask(TOKEN)).toMatchObject(
      refused(
        "unauthorized_client",
        `AADSTS7000112: Application '${principal.appId}'(vm) is disabled.`,
      ),
    );
  });

  it("refuses another method with 405", async () => {
    const answer = await ask(TOKEN, { method: "POST", headers: { metadata: "true" } });
    expect(answer).toMatchObject({
      status: 405,
      body: { error: "method_not_allowed", error_description: "Method not allowed" },
    });
  });

  it.each([
    "/",
    "/metadata",
    "/metadata/identity",
    "/metadata/identity/oauth2/tokens",
    "/metadata/identity/getplatformmetadata?cred-api-version=2.0",
  ])("answers 404 at %s", async (path) => {
    expect(await ask(path)).toMatchObject({ status: 404, body: { error: "Not Found" } });
  });

  it("refuses to tell the tenant in a version that does not exist, or in none", async () => {
    const info = "/metadata/identity/info";
    expect(await ask(info)).toMatchObject(
      refused("invalid_request", "Required query variable 'api-version' is missing"),
    );
    expect(await ask(`${info}?api-version=latest`)).toMatchObject(
      refused("invalid_request", "Invalid 'api-version' requested"),
    );
  });

  it.each(["/metadata/instance", "/metadata/instance/network"])(
    "answers 501 at %s, which Azure has",
    async (path) => {
      expect(await ask(path)).toMatchObject({
        status: 501,
        body: { error: { message: `GET ${path} is not emulated by the local Azure` } },
      });
    },
  );
});

describe("Use managed identities on a virtual machine to acquire access token", () => {
  it.each([
    TOKEN,
    TOKEN.replace("token?", "token/?"),
    TOKEN.replace("2018-02-01", "2021-12-13"),
    TOKEN.replace("2018-02-01", "2025-04-07"),
  ])("answers %s, every value a string", async (path) => {
    const { status, headers, body } = await ask(path);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(headers.get("server")).toMatch(/^IMDS\/[\d.]+$/);
    const { access_token = "", ...rest } = body;
    const { exp = 0, nbf = 0, sub } = decodeJwt(access_token);
    expect(sub).toBe(own);
    expect(exp - nbf).toBe(86_700);
    expect(rest).toEqual({
      refresh_token: "",
      expires_in: "86399",
      expires_on: String(exp),
      not_before: String(nbf),
      resource: "https://management.azure.com/",
      token_type: "Bearer",
      client_id: world.azure.state.servicePrincipals.get(own)?.appId,
    });
  });

  it.each([404, 410, 500])("answers %i while a fault stands for its updates", async (status) => {
    const { faults } = world.azure.traffic;
    faults.set([{ service: "instance-metadata", kind: "status", status, count: 1 }]);
    expect((await ask(TOKEN)).status).toBe(status);
    expect((await ask(TOKEN)).status).toBe(200);
    faults.clear();
  });

  it("tells a machine the tenant of its subscription (howto-vm-sign-in-azure-ad-windows)", async () => {
    const { status, body } = await ask("/metadata/identity/info?api-version=2018-02-01");
    expect([status, body]).toEqual([200, { tenantId: world.tenants.home.tenantId }]);
  });

  it("ignores parameters that it does not know", async () => {
    expect((await ask(`${TOKEN}&bypass_cache=true`)).status).toBe(200);
  });
});
