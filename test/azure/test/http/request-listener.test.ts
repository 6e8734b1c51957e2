import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type HttpService, startHttpService } from "../../src/http/http-service.ts";

// Document: RFC 9112 section 3.2, a request with an invalid Host field.

let service: HttpService;
beforeAll(async () => {
  service = await startHttpService({
    fetch: (request) => new Response(new URL(request.url).pathname),
  });
});
afterAll(() => service.close());

it.each([
  ["a number beyond all addresses", "9".repeat(400)],
  ["an address of five parts", "1.2.3.4.5"],
  ["a port beyond all ports", "x:99999"],
])("refuses %s as a host", async (_, host) => {
  expect(await ask(host)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
});

it("answers any host that is one", async () => {
  for (const host of ["localhost", "a.b.localhost:1", "[::1]"])
    expect(await ask(host)).toMatch(/^HTTP\/1\.1 200 OK\r\n.*\/path/s);
});

/** On a connection of its own: no client would send such a host. */
async function ask(host: string): Promise<string> {
  const socket = connect(Number(new URL(service.origin).port), "127.0.0.1");
  await once(socket, "connect");
  socket.write(`GET /path HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  return text(socket);
}
