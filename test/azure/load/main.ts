import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { loadClient, type Send } from "./load-client.ts";
import type { LoadTarget } from "./server.ts";

const TOKENS = 5000;
const AT_ONCE = 16;
const BLOBS = 200;
const BLOB_BYTES = 1024 * 1024;

/**
 * Prints how many client-assertion token requests per second this process gets answered by a local Azure in another one, and
 * what becomes of 200 blobs of 1 MiB that are written at once and then read at once. Exits with 1 when a request failed.
 */
async function main(): Promise<void> {
  const server = spawn(process.execPath, [fileURLToPath(new URL("server.ts", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = once(server, "exit");
  try {
    const [line] = (await once(createInterface(server.stdout), "line")) as [string];
    const target = JSON.parse(line) as LoadTarget;
    const ca = await readFile(target.caFile);
    const token = await loadTokens(loadClient(ca, AT_ONCE), target);
    await loadBlobs(loadClient(ca, BLOBS), target, token);
  } finally {
    server.stdin.end();
    await exited;
  }
}

/** Returns one of the tokens. */
async function loadTokens(send: Send, target: LoadTarget): Promise<string> {
  const { url, authorization } = target.idToken;
  const { body } = await send(url, { headers: { authorization } });
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: target.clientId,
    scope: "https://storage.azure.com/.default",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: (JSON.parse(String(body)) as { value: string }).value,
  }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const ask = () => send(target.tokenUrl, { method: "POST", headers, body: form });
  await atOnce(TOKENS / 10, AT_ONCE, ask);
  const { seconds, failed, last } = await atOnce(TOKENS, AT_ONCE, ask);
  print({ tokens: TOKENS, failed, perSecond: Math.round(TOKENS / seconds) });
  return (JSON.parse(String(last)) as { access_token: string }).access_token;
}

async function loadBlobs(send: Send, { container }: LoadTarget, token: string): Promise<void> {
  const content = randomBytes(BLOB_BYTES);
  const headers = {
    authorization: `Bearer ${token}`,
    "x-ms-version": "2026-04-06",
    "x-ms-blob-type": "BlockBlob",
  };
  for (const method of ["PUT", "GET"]) {
    const body = method === "PUT" ? { body: content } : {};
    const { seconds, failed } = await atOnce(BLOBS, BLOBS, async (index) => {
      const answer = await send(`${container}/${index}`, { method, headers, ...body });
      const isWhole = method === "PUT" || answer.body.equals(content);
      return isWhole ? answer : { ...answer, status: 0 };
    });
    print({ blobs: BLOBS, bytes: BLOB_BYTES, method, failed, seconds: Number(seconds.toFixed(2)) });
  }
}

/** Runs `count` requests, `concurrency` at once; those that fail are counted, not thrown. */
async function atOnce(
  count: number,
  concurrency: number,
  ask: (index: number) => ReturnType<Send>,
): Promise<{ seconds: number; failed: number; last: Buffer }> {
  let next = 0;
  let failed = 0;
  let last = Buffer.alloc(0);
  const start = performance.now();
  const lane = async () => {
    while (next < count) {
      const answer = await ask(next++).catch(() => undefined);
      if (answer === undefined || answer.status < 200 || answer.status > 299) failed++;
      else last = Buffer.from(answer.body);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  if (failed > 0) process.exitCode = 1;
  return { seconds: (performance.now() - start) / 1000, failed, last };
}

function print(figures: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}

await main();
