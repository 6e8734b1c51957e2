import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { issueManagedIdentityToken } from "../../../src/entra/issue-token.ts";
import type { FaultService } from "../../../src/http/faults/fault.ts";
import type { Faults } from "../../../src/http/faults/faults.ts";
import { InstanceMetadata } from "../../../src/instance-metadata/instance-metadata.ts";
import { createKeyVault, type KeyVault } from "../../../src/key-vault/key-vault.ts";
import { SiteWorld } from "../../app-service/site-world.ts";

let world: SiteWorld;
let vaults: KeyVault;
let machines: InstanceMetadata;
let faults: Faults;
beforeAll(async () => {
  world = await SiteWorld.start();
  await world.putSite();
  vaults = createKeyVault(world.tenants.azure);
  machines = new InstanceMetadata(world.tenants.azure, issueManagedIdentityToken);
  faults = world.tenants.azure.traffic.faults;
});
afterEach(async () => {
  faults.clear();
  await faults.settled;
});
afterAll(async () => {
  await machines.close();
  await vaults.reset();
  await world.close();
});

/** A port of every listener, by what it belongs to. */
async function ports(): Promise<Record<string, string>> {
  const { main, scm } = await world.appService.siteHostNames(world.site);
  const { IDENTITY_ENDPOINT } = await world.appService.identitySettings(world.site);
  return {
    site: new URL(`https://${main}`).port,
    scm: new URL(`https://${scm}`).port,
    "managed-identity": new URL(IDENTITY_ENDPOINT).port,
    "key-vault": new URL(await vaults.open("first")).port,
    "key-vault again": new URL(await vaults.open("second")).port,
    "instance-metadata": new URL(await machines.origin("/vm/first")).port,
    "instance-metadata again": new URL(await machines.origin("/vm/second")).port,
  };
}

/** What becomes of a connection to a port. */
function knock(port: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), "127.0.0.1", () => {
      socket.destroy();
      resolve("open");
    });
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

async function knockAtAll(): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const [name, port] of Object.entries(await ports())) answers[name] = await knock(port);
  return answers;
}

describe("a refused fault of a service with several ports", () => {
  it.each<FaultService>(["scm", "managed-identity", "key-vault", "instance-metadata"])(
    "closes every port of %s and none else, and opens them again",
    async (service) => {
      const open = await knockAtAll();
      expect(new Set(Object.values(open))).toEqual(new Set(["open"]));
      faults.set([{ service, kind: "refused" }]);
      await faults.settled;
      const closed = Object.keys(open).filter((name) => name.startsWith(service));
      const refused = Object.fromEntries(closed.map((name) => [name, "ECONNREFUSED"]));
      expect(await knockAtAll()).toEqual({ ...open, ...refused });
      faults.clear();
      await faults.settled;
      expect(await knockAtAll()).toEqual(open);
    },
  );

  it("closes the port of a vault that is made meanwhile", async () => {
    faults.set([{ service: "key-vault", kind: "refused" }]);
    const { port } = new URL(await vaults.open("later"));
    expect(await knock(port)).toBe("ECONNREFUSED");
    faults.clear();
    await faults.settled;
    expect(await knock(port)).toBe("open");
  });

  it("leaves the port of a vault closed that is deleted meanwhile", async () => {
    const { port } = new URL(await vaults.open("deleted"));
    faults.set([{ service: "key-vault", kind: "refused" }]);
    await vaults.closeVault("deleted");
    faults.clear();
    await faults.settled;
    expect(await knock(port)).toBe("ECONNREFUSED");
  });
});
