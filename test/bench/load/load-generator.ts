import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { percentile } from "../statistics.ts";
import type { Load, LoadRequest } from "./load.ts";

/** Requests that are under way when time is up may take this long; then they have failed. */
const patienceMs = 2000;

interface Tally {
  until: number;
  failed: number;
  readonly latencies: number[];
}

/** The process: keeps every connection busy with one request after another. Raw sockets, because a full HTTP client costs more than the server under test. */
async function drive({ port, path, connections, milliseconds }: LoadRequest): Promise<Load> {
  const request = Buffer.from(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`);
  const sockets = Array.from({ length: connections }, () => connect(port, "127.0.0.1"));
  await Promise.all(sockets.map((socket) => once(socket.setNoDelay(), "connect")));
  const started = performance.now();
  const tally: Tally = { until: started + milliseconds, failed: 0, latencies: [] };
  await Promise.all(sockets.map((socket) => keepBusy(socket, request, tally)));
  const seconds = (performance.now() - started) / 1000;
  const { failed, latencies } = tally;
  const requests = latencies.length + failed;
  return { requests, failed, perSecond: requests / seconds, p99: percentile(latencies, 0.99) };
}

function keepBusy(socket: Socket, request: Buffer, tally: Tally): Promise<void> {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  let sent = 0;
  let rest: Buffer = Buffer.of();
  const send = (): void => {
    sent = performance.now();
    socket.write(request);
  };
  const end = (failed: 0 | 1): void => {
    clearTimeout(timer);
    tally.failed += failed;
    socket.removeAllListeners("close").destroy();
    resolve();
  };
  const timer = setTimeout(() => end(1), tally.until - performance.now() + patienceMs);
  socket.on("error", () => undefined).once("close", () => end(1));
  socket.on("data", (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const response = readResponse(rest);
    if (response === undefined) return;
    rest = rest.subarray(response.bytes);
    const now = performance.now();
    if (response.ok) tally.latencies.push(now - sent);
    else tally.failed += 1;
    if (now < tally.until) send();
    else end(0);
  });
  send();
  return ended;
}

// Every server measured here announces the length of its answers.
function readResponse(data: Buffer): { readonly ok: boolean; readonly bytes: number } | undefined {
  const head = data.indexOf("\r\n\r\n");
  if (head === -1) return undefined;
  const text = data.toString("latin1", 0, head);
  const length = /content-length: (\d+)/i.exec(text)?.[1];
  if (length === undefined) throw new Error(`an answer without a length: ${text.split("\r\n")[0]}`);
  const bytes = head + 4 + Number(length);
  return data.length < bytes ? undefined : { ok: text.startsWith("HTTP/1.1 200"), bytes };
}

process.on("message", (request: LoadRequest) => {
  void drive(request).then((load) => process.send?.(load));
});
process.once("disconnect", () => process.exit());
