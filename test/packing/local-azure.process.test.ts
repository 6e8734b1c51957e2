import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Connection } from "local-azure";
import { afterAll, beforeAll, expect, test } from "vitest";
import { firstLine } from "../engine/test/support/first-line.ts";
import { installPacked, type Consumer } from "./packed-workspace.ts";

let consumer: Consumer;

beforeAll(async () => {
  consumer = await installPacked("test/azure");
});
afterAll(() => consumer[Symbol.asyncDispose]());

test("packing the local Azure leaves its manifest as it was", async () => {
  const packed = join(consumer.folder, "copy/test/azure/package.json");
  expect(await readFile(packed, "utf8")).toBe(await readFile("test/azure/package.json", "utf8"));
});

test("its README has no link that leaves the package", () => {
  expect(consumer.deadLinks).toEqual([]);
});

test("its command runs in another project, and answers as either tenant", async () => {
  const { "local-azure": command } = consumer.manifest["bin"] as { readonly "local-azure": string };
  const child = spawn(process.execPath, [join(consumer.installed, command)], {
    cwd: consumer.folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    const line = await firstLine("the packed local Azure", child);
    // The line is what the command prints.
    const { tenants, loginEndpoint, caFile } = JSON.parse(line) as Connection;
    expect(tenants.map(({ location }) => location)).toEqual(["westeurope", "northeurope"]);
    for (const { tenantId } of tenants) {
      const script = `const answer = await fetch("${loginEndpoint}/${tenantId}/v2.0/.well-known/openid-configuration"); console.log((await answer.json()).issuer);`;
      const { stdout } = await runModule(script, { NODE_EXTRA_CA_CERTS: caFile });
      expect(stdout).toBe(`${loginEndpoint}/${tenantId}/v2.0\n`);
    }
    child.kill("SIGTERM");
    expect(await once(child, "close")).toEqual([0, null]);
  } finally {
    child.kill("SIGKILL");
  }
});

test("another project starts it from a program, with the types of both entrances", async () => {
  const program = `
    import { defaultSeed, startLocalAzure } from "local-azure";
    import { findServicePrincipal } from "local-azure/testing";
    const azure = await startLocalAzure(defaultSeed, { log: () => {} });
    const [tenant] = azure.connection.tenants;
    if (tenant === undefined) throw new Error("no tenant");
    const deployer = findServicePrincipal(azure.state, tenant.tenantId, tenant.deployerClientId);
    console.log(deployer?.displayName);
    await azure.close();`;
  const { stdout } = await runModule(program);
  expect(stdout).toBe("home-deployer\n");
  await consumer.install("@types/node");
  const said = await consumer.compile({
    "program.ts": program,
    "mistaken.ts": program.replace("azure.state, ", ""),
  });
  expect(said).toEqual([expect.stringMatching(/^mistaken\.ts\(\d+,\d+\): error TS2554: /)]);
});

/** Runs a module of the other project. */
async function runModule(text: string, env: Readonly<Record<string, string>> = {}) {
  const file = join(consumer.folder, "module.js");
  await writeFile(file, text);
  const options = { env: { PATH: process.env["PATH"], ...env } };
  return promisify(execFile)(process.execPath, [file], options);
}
