import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import type { LocalAzure } from "../../src/local-azure/local-azure.ts";
import { HOME, defaultSeed } from "../../src/local-azure/seed/default-seed.ts";
import type { PlantedHost } from "../../src/local-azure/seed/plant-host.ts";
import { httpsRequest } from "../app-service/https-client.ts";
import { sharedLocalAzure } from "../tenants/shared-local-azure.ts";
import type { ClientResult } from "./managed-identity-client.ts";

// Processes that the local Azure did not start play its hosts, with Microsoft's own client and nothing but exported variables.
const CLIENT = fileURLToPath(new URL("managed-identity-client.ts", import.meta.url));
const EXCHANGE = "api://AzureADTokenExchange/.default";

let azure: LocalAzure;
let host: PlantedHost;
sharedLocalAzure.beforeAll(async ({ azure: shared }) => {
  azure = shared;
  host = await azure.plantHost();
});

describe("a program that plays a host, under an unmodified @azure/identity", () => {
  it.each(["site", "virtualMachine"] as const)(
    "gets a token of the identity on the %s",
    async (name) => {
      const { clientId, principalId } = host.identity;
      const { token = "", expiresOn = 0, error } = await play(host[name].environment, clientId);
      expect(error).toBeUndefined();
      expect(decodeJwt(token)).toMatchObject({
        aud: "fb60f99c-7a34-4190-8149-302f77469936",
        iss: `${azure.endpoints.login}/${HOME}/v2.0`,
        sub: principalId,
        azp: clientId,
      });
      // MSAL makes a duration of the expiry and a time again, and reads the clock before the request and after it.
      const late = expiresOn / 1000 - (decodeJwt(token).exp ?? 0);
      expect(Math.abs(late)).toBeLessThan(3600);
    },
  );

  it("gets the machine's only identity without naming it", async () => {
    const { token = "" } = await play(host.virtualMachine.environment);
    expect(decodeJwt(token).sub).toBe(host.identity.principalId);
  });

  it("refuses an identity that is not the machine's, in the SDK's error", async () => {
    const other = defaultSeed.tenants[0]?.deployer.clientId;
    const { error } = await play(host.virtualMachine.environment, other);
    expect(error).toContain("Identity not found");
  });

  it("refuses a site's header that was tampered with", async () => {
    const environment = { ...host.site.environment, IDENTITY_HEADER: "another" };
    const { token, error } = await play(environment, host.identity.clientId);
    expect([token, typeof error]).toEqual([undefined, "string"]);
  });

  it("tells nothing to a machine that was deleted", async () => {
    const { resourceId, environment } = host.virtualMachine;
    const machine = azure.state.resources.get(resourceId.toLowerCase());
    if (machine === undefined) throw new Error("no machine");
    azure.state.resources.delete(resourceId.toLowerCase());
    const url = `${environment["AZURE_POD_IDENTITY_AUTHORITY_HOST"]}/metadata/identity/oauth2/token`;
    await expect(fetch(url, { headers: { metadata: "true" } })).rejects.toThrow("fetch failed");
    azure.state.resources.set(resourceId.toLowerCase(), machine);
    expect((await fetch(url, { headers: { metadata: "true" } })).status).toBe(400);
  });
});

describe("the control address: hosts", () => {
  it("refuses who has no token of its own", async () => {
    const { status, body } = await control(host.site.resourceId, "another");
    expect(status).toBe(401);
    expect(body).toEqual({
      error: {
        code: "Unauthorized",
        message: "the control address takes the bearer token that the connection names",
      },
    });
  });

  it("refuses what is no host", async () => {
    for (const id of [`${host.site.resourceId}2`, host.identity.resourceId]) {
      const { status, body } = await control(id);
      expect(status).toBe(404);
      expect(body).toEqual({
        error: {
          code: "NoSuchHost",
          message: `no host "${id}"; name a Microsoft.Web/sites or Microsoft.Compute/virtualMachines that exists, by its id`,
        },
      });
    }
  });

  it("answers what to export, the same as the handle", async () => {
    for (const { resourceId, environment } of [host.site, host.virtualMachine]) {
      expect(await control(resourceId)).toEqual({ status: 200, body: environment });
      expect(await azure.hostEnvironment(resourceId.toUpperCase())).toEqual(environment);
    }
  });
});

/** Runs the client with no more environment than a program needs and the host's variables. */
async function play(environment: Record<string, string>, clientId?: string): Promise<ClientResult> {
  const argv = [CLIENT, EXCHANGE, ...(clientId === undefined ? [] : [clientId])];
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const env = { PATH, NODE_COMPILE_CACHE, ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, argv, { env });
  return JSON.parse(stdout) as ClientResult;
}

async function control(resourceId: string, token = azure.connection.control.token) {
  const headers = { authorization: `Bearer ${token}` };
  const ca = await readFile(azure.caFile, "utf8");
  const url = `${azure.connection.control.url}/hosts${resourceId}`;
  const { status, body } = await httpsRequest(url, ca, { headers });
  return { status, body: JSON.parse(body) as unknown };
}
