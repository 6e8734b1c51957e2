import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { StorageSharedKeyCredential } from "@azure/storage-blob";
import { exitWithParent } from "../../base/exit-with-parent.ts";

/** A running Azurite with a pool of empty accounts: it cannot add accounts later. */
export interface Azurite {
  /** Plain HTTP on loopback. */
  readonly port: number;
  readonly accounts: readonly StorageSharedKeyCredential[];
  close(): Promise<void>;
}

/** How many storage accounts may exist at once, over all tenants. */
const ACCOUNTS = 64;

/**
 * Starts Azurite's blob service on a port of the system's choice, with its blobs in `folder` or, without one, in memory.
 * Versions are not checked because @azure/storage-blob speaks newer ones than Azurite knows. Throws with Azurite's own
 * words when it does not start.
 */
export async function startAzurite(folder?: string): Promise<Azurite> {
  reachDirectly("127.0.0.1");
  const keys = Array.from({ length: ACCOUNTS }, (_, index) => ({
    name: `pool${index}`,
    key: randomBytes(64).toString("base64"),
  }));
  const script = createRequire(import.meta.url).resolve("azurite/dist/src/blob/main.js");
  const place = folder === undefined ? ["--inMemoryPersistence"] : ["--location", folder];
  const imports = ["--import", exitWithParent, "--import", quickStart];
  const argv = [...imports, script, ...flags, ...place];
  const child = spawn(process.execPath, argv, {
    env: { AZURITE_ACCOUNTS: keys.map(({ name, key }) => `${name}:${key}`).join(";") },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  let output = "";
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      output += `${line}\n`;
      const listening = /successfully listens on http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (listening !== undefined) resolve(Number(listening));
    });
    void exited.then(() => reject(new Error(`azurite did not start: ${output}`)));
  });
  return {
    port,
    accounts: keys.map(({ name, key }) => new StorageSharedKeyCredential(name, key)),
    close: async () => {
      // It writes down what is in a folder when it is asked to end; what is in memory goes at once, with the parent.
      if (folder === undefined) child.stdin.end();
      else child.kill("SIGTERM");
      await exited;
    },
  };
}

/** The storage client would ask a proxy of this process's environment for Azurite too, and has no other switch. */
function reachDirectly(host: string): void {
  const { NO_PROXY, no_proxy: lower } = process.env;
  const hosts = (NO_PROXY ?? lower ?? "").split(",").filter((name) => name !== "" && name !== host);
  process.env["NO_PROXY"] = [...hosts, host].join(",");
}

const flags = [
  ["--blobHost", "127.0.0.1"],
  ["--blobPort", "0"],
  ["--skipApiVersionCheck"],
  ["--disableProductStyleUrl"],
  ["--disableTelemetry"],
  ["--silent"],
].flat();

const program = String.raw`
import { enableCompileCache, registerHooks } from "node:module";
enableCompileCache();
const unused = /\/node_modules\/(applicationinsights\/|azurite\/dist\/src\/blob\/SqlBlobServer\.js)/;
registerHooks({
  load: (url, context, next) =>
    unused.test(url)
      ? { format: "commonjs", source: "", shortCircuit: true }
      : next(url, context),
});`;

/**
 * A module for Node's `--import` that spares Azurite most of its start: it loads its telemetry client even when told to
 * send nothing (dist/src/common/Telemetry.js of 3.37.0) and all of Sequelize for a database that nobody named
 * (BlobServerFactory.js), which here are empty modules, and compiles the rest each time.
 */
const quickStart = `data:text/javascript,${encodeURIComponent(program)}`;
