import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { afterEach, expect, it } from "vitest";
import { IdentityEndpoint } from "../../../src/app-service/identity-endpoint.ts";
import { issueManagedIdentityToken } from "../../../src/entra/issue-token.ts";
import { KeptPorts } from "../../../src/http/kept-ports.ts";
import {
  InstanceMetadata,
  machineListener,
} from "../../../src/instance-metadata/instance-metadata.ts";
import { createKeyVault } from "../../../src/key-vault/key-vault.ts";
import type { Azure } from "../../../src/service/azure.ts";
import { createBareTenants } from "../../tenants/bare-tenants.ts";

/** A service that has a listener beside those of every local Azure. */
interface Opened {
  readonly open: () => Promise<string>;
  readonly close: () => Promise<void>;
}

const services: readonly (readonly [name: string, create: (azure: Azure) => Opened])[] = [
  ["managed identity", identityEndpoint],
  ["vault first", vault],
  [machineListener("/vm/first"), machine],
];

let other: Server;
afterEach(async () => {
  other.close();
  await once(other, "close");
});

it.each(services)("refuses to open %s at a taken port, and opens it at another", async (...of) => {
  const [name, create] = of;
  const ports = new KeptPorts();
  other = createServer();
  const port = await ports.at(name)(other);
  const { azure } = await createBareTenants();
  const { open, close } = create({ ...azure, ports });
  await expect(open()).rejects.toThrow(`port ${port} is taken, where "${name}" listened before`);
  await close();
  ports.forget(name);
  expect(new URL(await open()).port).not.toBe(String(port));
  await close();
});

function identityEndpoint(azure: Azure): Opened {
  const endpoint = new IdentityEndpoint(azure, issueManagedIdentityToken, () => []);
  return { open: () => endpoint.url(), close: () => endpoint.close() };
}

function vault(azure: Azure): Opened {
  const vaults = createKeyVault(azure);
  return { open: () => vaults.open("first"), close: () => vaults.reset() };
}

function machine(azure: Azure): Opened {
  const machines = new InstanceMetadata(azure, issueManagedIdentityToken);
  return { open: () => machines.origin("/vm/first"), close: () => machines.close() };
}
