import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import type { Connection } from "../../src/local-azure/connection.ts";
import type { PlantedHost } from "../../src/local-azure/seed/plant-host.ts";
import type { PlantedOwner } from "../../src/local-azure/seed/plant-owners.ts";

const MAIN = fileURLToPath(new URL("../../src/local-azure/main.ts", import.meta.url));

let child: ChildProcessWithoutNullStreams | undefined;
afterEach(() => {
  child?.kill("SIGKILL");
});

describe("local-azure", () => {
  it("prints its options when asked for help, and ends well", async () => {
    const { code, stdout, stderr } = await end("--help");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^local-azure \[--seed FILE\].*\n$/);
  });

  it("refuses an unknown argument", async () => {
    const { code, stderr } = await end("--seeds", "x");
    expect(code).toBe(1);
    expect(stderr).toContain("azure: Unknown option '--seeds'");
  });

  it("refuses a consistency delay that is no number of seconds", async () => {
    const { code, stderr } = await end("--consistency-delay", "soon");
    expect(code).toBe(1);
    expect(stderr).toBe(`azure: --consistency-delay is "soon"; give whole seconds, such as 5\n`);
  });

  it.each([
    ["--blob-addresses", "path or host"],
    ["--vault-addresses", "listener or host"],
  ])("refuses %s in a style that there is not", async (option, allowed) => {
    const { code, stderr } = await end(option, "dns");
    expect(code).toBe(1);
    expect(stderr).toBe(`azure: ${option} is "dns"; give ${allowed}\n`);
  });

  it("refuses a seed file that cannot be read", async () => {
    const { code, stderr } = await end("--seed", "missing.yaml");
    expect(code).toBe(1);
    expect(stderr).toBe(
      `azure: no seed: "missing.yaml" cannot be read; name a stack config file\n`,
    );
  });

  it("prints one JSON line when ready, and on SIGTERM ends with its children and files", async () => {
    child = start();
    const lines: string[] = [];
    const reader = createInterface(child.stdout).on("line", (line) => lines.push(line));
    await once(reader, "line");
    const connection = JSON.parse(lines[0] ?? "") as Connection;
    expect(Object.keys(connection)).toEqual([
      "metadataHost",
      "loginEndpoint",
      "resourceManager",
      "graph",
      "caFile",
      "proxy",
      "oidc",
      "control",
      "tenants",
    ]);
    expect(existsSync(connection.caFile)).toBe(true);
    child.kill("SIGTERM");
    // `close` waits for the pipes too, which a child left behind would hold open.
    const [code] = (await once(child, "close")) as [number];
    expect(code).toBe(0);
    expect(lines).toHaveLength(1);
    expect(existsSync(connection.caFile)).toBe(false);
  });
});

describe("local-azure --host --owners", () => {
  it("prints what makes any program a host, and the client id of an owner for each tenant", async () => {
    child = start("--host", "--owners");
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    const { host, owners, tenants } = JSON.parse(line) as Connection & {
      host: PlantedHost;
      owners: PlantedOwner[];
    };
    expect(owners.map(({ tenantId }) => tenantId)).toEqual(tenants.map(({ tenantId }) => tenantId));
    expect(owners[0]?.clientId).toMatch(/^[0-9a-f-]{36}$/);
    const { IDENTITY_ENDPOINT = "", IDENTITY_HEADER = "" } = host.site.environment;
    const query = new URLSearchParams({
      "api-version": "2019-08-01",
      resource: "https://storage.azure.com",
      client_id: host.identity.clientId,
    });
    const headers = { "x-identity-header": IDENTITY_HEADER };
    const answer = await fetch(`${IDENTITY_ENDPOINT}?${query.toString()}`, { headers });
    expect(await answer.json()).toMatchObject({ token_type: "Bearer" });
    const { AZURE_POD_IDENTITY_AUTHORITY_HOST: metadata } = host.virtualMachine.environment;
    expect(metadata).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});

function start(...args: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [MAIN, ...args]);
}

async function end(...args: string[]) {
  child = start(...args);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  const [code] = (await once(child, "close")) as [number];
  return { code, stdout, stderr };
}
