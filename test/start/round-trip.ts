import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { StackOutputs } from "./stack-outputs.ts";

/** What was shown: a file written by the site into the target's container and read back. */
export interface Proof {
  readonly target: string;
  readonly blob: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Has the deployed site write a file into the first target's container and reads it back through the site.
 *
 * @throws when the site refuses, with its answer, or when one byte differs.
 */
export async function proveRoundTrip(outputs: StackOutputs, file: string): Promise<Proof> {
  const target = outputs.targets[0];
  if (target === undefined) throw new Error("the stack has no target to write to");
  const sent = await readFile(file);
  const url = `${outputs.siteUrl}/api/targets/${target.name}/blobs/${encodeURIComponent(basename(file))}`;
  await ask(url, { method: "PUT", body: sent });
  const received = Buffer.from(await (await ask(url)).arrayBuffer());
  if (!received.equals(sent)) {
    throw new Error(`${url} gave back ${received.length} other bytes than the ${sent.length} sent`);
  }
  const sha256 = createHash("sha256").update(received).digest("hex");
  return { target: target.name, blob: basename(file), bytes: received.length, sha256 };
}

async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(60_000) });
  if (response.ok) return response;
  const said = (await response.text()).slice(0, 1000);
  throw new Error(`${init.method ?? "GET"} ${url} answered ${response.status}: ${said}`);
}
