import { afterAll, beforeAll, expect, it } from "vitest";
import {
  type AzureStub,
  clientId,
  startAzureStub,
  subscriptionId,
} from "../../support/azure-stub.ts";
import { type PluginProcess, startPlugin } from "../../support/plugin-process.ts";

type Connection = ReturnType<PluginProcess["connect"]>;

const [contoso, adatum] = [
  "aaaaaaaa-0000-4000-8000-00000000000a",
  "bbbbbbbb-0000-4000-8000-00000000000b",
];

let azure: AzureStub;
let plugin: PluginProcess;
beforeAll(async () => {
  azure = await startAzureStub();
  plugin = await startPlugin("azure-native/main.ts", azure.environment);
});
afterAll(async () => {
  await plugin.close();
  await azure.close();
});

/** A connection that signs in to a tenant. */
async function signedIn(tenantId: string): Promise<Connection> {
  const connection = plugin.connect();
  await connection.attach();
  await signIn(connection, tenantId);
  return connection;
}

async function signIn(connection: Connection, tenantId: string): Promise<void> {
  const { metadataHost } = azure;
  await connection.configure({ useOidc: "true", tenantId, clientId, subscriptionId, metadataHost });
}

async function tenantOf(connection: Connection): Promise<unknown> {
  const answer = await connection.invoke("azure-native:authorization:getClientConfig", {});
  return answer["tenantId"];
}

it("signs each connection in by its own configuration", async () => {
  const [first, second] = [await signedIn(contoso), await signedIn(adatum)];
  expect([await tenantOf(first), await tenantOf(second)]).toEqual([contoso, adatum]);
});

it("cancels one connection and not another", async () => {
  const [first, second] = [await signedIn(contoso), await signedIn(adatum)];
  await first.cancel();
  await expect(tenantOf(first)).rejects.toThrow("cancelled by the engine");
  expect(await tenantOf(second)).toBe(adatum);
});

it("forgets at Attach what an earlier connection of the same port configured and cancelled", async () => {
  const connection = await signedIn(contoso);
  await connection.cancel();
  await connection.attach();
  await expect(tenantOf(connection)).rejects.toThrow("azure-native was not configured");
  await signIn(connection, adatum);
  expect(await tenantOf(connection)).toBe(adatum);
});
