import { spawn, type ChildProcess } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { unzipSync } from "fflate";
import { buildPackage } from "../../infra/package/build-package.ts";
import { environment, targetOf } from "./settings.ts";
import type { StubAzure } from "./stub-azure.ts";

/** The site in a process of its own. */
export interface SiteProcess {
  readonly process: ChildProcess;
  /** Where it listens; rejects when it ends before it does. */
  readonly origin: Promise<string>;
  /** All that it has written so far. */
  output(): string;
}

/** Unpacks the site's package into `folder`, beside the authority that it is to trust. */
export async function unpackSite(folder: string, ca: string): Promise<void> {
  const { zip } = await buildPackage(process.cwd());
  for (const [name, content] of Object.entries(unzipSync(zip))) {
    await writeFile(path.join(folder, name), content);
  }
  await writeFile(path.join(folder, "ca.pem"), ca);
}

/** Starts the site in `folder` with one target, "invoices", in `azure`. */
export function startSite(
  folder: string,
  azure: StubAzure,
  change: Record<string, string> = {},
): SiteProcess {
  const blobEndpoint = `${azure.origin}/contoso`;
  const site = spawn(process.execPath, ["main.cjs"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...environment(),
      PORT: "0",
      AUTHORITY_HOST: azure.origin,
      STORAGE_SUFFIX: "localhost",
      TARGETS: JSON.stringify([{ ...targetOf("invoices", "contoso", "1"), blobEndpoint }]),
      MAX_BLOB_BYTES: "10000000",
      IDENTITY_ENDPOINT: azure.identityEndpoint,
      NODE_EXTRA_CA_CERTS: path.join(folder, "ca.pem"),
      ...change,
    },
  });
  const listening = Promise.withResolvers<string>();
  // Whoever waits for it gets the rejection; a test of a refused start has no reason to.
  listening.promise.catch(() => undefined);
  let output = "";
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
    const port = /^{"event":"listening","port":(\d+)/m.exec(output)?.[1];
    if (port !== undefined) listening.resolve(`http://localhost:${port}`);
  };
  site.stdout.on("data", collect);
  site.stderr.on("data", collect);
  site.on("exit", () => listening.reject(new Error("the site ended before it listened")));
  return { process: site, origin: listening.promise, output: () => output };
}
