import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { atOnce } from "./at-once.ts";
import { loadBlobs } from "./load-blobs.ts";
import { loadBlocks } from "./load-blocks.ts";
import { loadClient, type Send } from "./load-client.ts";
import { printFigures } from "./print-figures.ts";
import type { LoadTarget, ServerMemory } from "./server.ts";

const TOKENS = 5000;
const AT_ONCE = 16;

/**
 * Prints how many client-assertion token requests per second this process gets answered by a local Azure in another one,
 * what becomes of 200 blobs of 1 MiB that are written at once and then read at once, the same of blocks of 100 MiB, and
 * how much memory the local Azure without Azurite had at most. Exits with 1 when a request failed.
 */
async function main(): Promise<void> {
  const server = spawn(process.execPath, [fileURLToPath(new URL("server.ts", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = once(server, "exit");
  try {
    const lines = createInterface(server.stdout);
    const [line] = (await once(lines, "line")) as [string];
    const target = JSON.parse(line) as LoadTarget;
    const ca = await readFile(target.caFile);
    const token = await loadTokens(loadClient(ca, AT_ONCE), target);
    const headers = { authorization: `Bearer ${token}`, "x-ms-version": "2026-04-06" };
    const send = loadClient(ca, Infinity);
    await loadBlobs(send, target.container, headers);
    await loadBlocks(send, target.container, headers);
    lines.once("line", (memory: string) => printFigures(JSON.parse(memory) as ServerMemory));
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
  const outcome = await atOnce(TOKENS, AT_ONCE, ask);
  const perSecond = Math.round(TOKENS / outcome.seconds);
  printFigures({ tokens: TOKENS, perSecond, ...outcome });
  return (JSON.parse(String((await ask()).body)) as { access_token: string }).access_token;
}

await main();
