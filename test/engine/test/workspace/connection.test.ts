import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readConnection } from "../../src/workspace/connection.ts";

let directory: string;
let file: string;
const server = createServer();
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "connection-"));
  file = join(directory, "azure.json");
});
afterEach(async () => {
  rmSync(directory, { recursive: true });
  if (server.listening) await new Promise((resolve) => server.close(resolve));
});

const oidc = { requestUrl: "https://localhost/idtoken", requestToken: "token" };

async function listen(): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP port");
  return `localhost:${address.port}`;
}

it("reads the connection of a running local Azure", async () => {
  const connection = { metadataHost: await listen(), caFile: "ca.pem", oidc };
  writeFileSync(file, JSON.stringify({ ...connection, graph: "https://localhost" }));
  expect(await readConnection(file)).toEqual(connection);
});

it("refuses when no local Azure was started", async () => {
  await expect(readConnection(file)).rejects.toThrow(
    `no local Azure is running ("${file}" is missing): run "npm start" in another terminal and leave it open`,
  );
});

it("refuses when the local Azure has ended", async () => {
  const metadataHost = await listen();
  await new Promise((resolve) => server.close(resolve));
  writeFileSync(file, JSON.stringify({ metadataHost, caFile: "ca.pem", oidc }));
  await expect(readConnection(file)).rejects.toThrow(
    `the local Azure of "${file}" does not answer at ${metadataHost}: run "npm start"`,
  );
});

it("refuses a file of something else", async () => {
  writeFileSync(file, JSON.stringify({ metadataHost: "localhost:1" }));
  await expect(readConnection(file)).rejects.toThrow(
    `"${file}" lacks metadataHost, caFile or oidc`,
  );
});
