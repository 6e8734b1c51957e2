import { createServer } from "node:http";
import { expect, it } from "vitest";
import { forwardRequest } from "../../src/http/forward-request.ts";
import { listenAnywhere } from "../../src/http/listen.ts";

it("lets a target that refuses before it has read the body read on, so that its answer arrives", async () => {
  const { promise: bytesRead, resolve } = Promise.withResolvers<number>();
  const server = createServer((_, response) => response.writeHead(400).end("too much"));
  server.once("connection", (socket) => socket.once("close", () => resolve(socket.bytesRead)));
  const port = await listenAnywhere(server);
  const body = new Uint8Array(32 * 1024 * 1024);
  const request = new Request("http://localhost/", { method: "PUT", body });
  const response = await forwardRequest(request, { port, path: "/", headers: new Headers() });
  expect([response.status, await response.text()]).toEqual([400, "too much"]);
  expect(await bytesRead).toBeGreaterThan(body.length);
  server.close();
});
