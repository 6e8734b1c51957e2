import { text } from "node:stream/consumers";
import { connect } from "node:tls";
import { Hono } from "hono";
import { expect, it } from "vitest";
import { createCertificate } from "../../src/http/certificate.ts";
import { startHttpsService } from "../../src/http/https-service.ts";

it("answers a client that offers HTTP/1.0 and nothing else", async () => {
  const certificate = await createCertificate();
  const service = await startHttpsService(
    new Hono().get("/", (c) => c.text("hello")),
    certificate,
  );
  const { port } = service;
  const socket = connect({
    port,
    host: "localhost",
    ca: certificate.ca,
    ALPNProtocols: ["http/1.0"],
  });
  socket.write("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n");
  const answer = await text(socket);
  await service.close();
  expect(answer).toMatch(/^HTTP\/1\.[01] 200 OK\r\n.*\r\n\r\nhello$/s);
});
