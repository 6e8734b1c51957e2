import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalAzure, startLocalAzure } from "../../../src/local-azure/local-azure.ts";
import { defaultSeed } from "../../../src/local-azure/seed/default-seed.ts";
import {
  clientOf,
  environmentOf,
  fill,
  grantData,
  hostsOf,
  made,
  managed,
  type Send,
  signIn,
} from "./kept-world.ts";

/** What clients hold of the first run, and were answered by it. */
interface Held {
  readonly management: string;
  readonly storage: string;
  readonly vault: string;
  readonly graph: string;
  readonly connection: LocalAzure["connection"];
  readonly site: readonly string[];
  readonly identityHeader: string | undefined;
  readonly machine: Record<string, string>;
  readonly answers: Map<string, string>;
}

let parent: string;
let stateFolder: string;
let held: Held;
let azure: LocalAzure;
let send: Send;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "kept-azure-"));
  stateFolder = join(parent, "state");
  const first = await startLocalAzure(defaultSeed, { stateFolder, log: () => {} });
  try {
    held = await use(first);
  } finally {
    await first.close();
  }
  azure = await startLocalAzure(defaultSeed, { stateFolder, log: () => {} });
  send = await clientOf(azure);
});

afterAll(async () => {
  await azure?.close();
  await rm(parent, { recursive: true });
});

describe("a local Azure that was stopped and started with the same folder", () => {
  it("refuses what nobody of its tenants signed, as before", async () => {
    const forged = `${held.management.slice(0, -20)}${"A".repeat(20)}`;
    const answer = await send(forged, "GET", managed(azure, made.site));
    expect([answer.status, answer.body]).toEqual([
      401,
      expect.stringContaining("InvalidAuthenticationToken"),
    ]);
  });

  it("is at the same addresses, with the same tokens to sign in and to set faults", () => {
    expect(azure.connection).toEqual(held.connection);
  });

  it("takes the tokens that it issued before, and answers them as before", async () => {
    for (const [url, before] of held.answers) {
      const token = url.startsWith(azure.endpoints.graph) ? held.graph : held.management;
      expect((await send(token, "GET", url)).body).toBe(before);
    }
  });

  it("signs deployers in", async () => {
    expect(await signIn(azure, send, azure.endpoints.resourceManager)).toMatch(/^eyJ/);
  });

  it("has the blobs, in the containers they were in", async () => {
    const url = `${azure.endpoints.storage}/acctone/invoices/a.txt`;
    const headers = { "x-ms-version": "2026-04-06" };
    const answer = await send(held.storage, "GET", url, undefined, headers);
    expect([answer.status, answer.body]).toEqual([200, "kept"]);
  });

  it("has the secrets, at the vault's own address", async () => {
    const url = `${vaultUri(held.answers)}secrets/one?api-version=7.4`;
    const answer = await send(held.vault, "GET", url);
    expect(JSON.parse(answer.body)).toMatchObject({ value: "kept" });
  });

  it("has the deleted applications, to be restored", async () => {
    const url = `${azure.endpoints.graph}/v1.0/directory/deletedItems/microsoft.graph.application`;
    const { body } = await send(held.graph, "GET", url);
    expect(JSON.parse(body)).toMatchObject({ value: [{ displayName: "deleted" }] });
  });

  it("runs the published site again at its host name, from the same package and with the same identity", async () => {
    const [main = "", scm] = held.site;
    const env = await environmentOf(send, main);
    expect(env).toMatchObject({ GREETING: "hello", WEBSITE_HOSTNAME: main });
    expect(env["IDENTITY_HEADER"]).toBe(held.identityHeader);
    const path = `https://${scm}/api/deployments/latest`;
    const { body } = await send(held.management, "GET", path);
    expect(JSON.parse(body)).toMatchObject({ active: true, status: 4 });
  });

  it("answers virtual machines where their processes were told to ask", async () => {
    const origin = held.machine["AZURE_POD_IDENTITY_AUTHORITY_HOST"];
    const query = "api-version=2018-02-01&resource=https://storage.azure.com";
    const headers = { metadata: "true" };
    const answer = await fetch(`${origin}/metadata/identity/oauth2/token?${query}`, { headers });
    expect(await answer.json()).toMatchObject({ token_type: "Bearer" });
  });

  it("lets nobody else read the folder and what is in it", async () => {
    const names = ["", "blobs", "state", "lock", "ca.pem"];
    const found = await Promise.all(names.map((name) => stat(join(stateFolder, name))));
    expect(found.map(({ mode }) => mode & 0o777)).toEqual([0o700, 0o700, 0o600, 0o600, 0o600]);
  });
});

/** Fills a first run, and tells what its clients hold in the end. */
async function use(first: LocalAzure): Promise<Held> {
  grantData(first);
  const client = await clientOf(first);
  const management = await signIn(first, client, first.endpoints.resourceManager);
  const storage = await signIn(first, client, "https://storage.azure.com");
  const vault = await signIn(first, client, "https://vault.azure.net");
  const graph = await signIn(first, client, first.endpoints.graph);
  await fill(first, client, management);
  const answers = new Map<string, string>();
  const applications = `${first.endpoints.graph}/v1.0/applications`;
  const deleted = await client(graph, "POST", applications, { displayName: "deleted" });
  const { id } = JSON.parse(deleted.body) as { id: string };
  expect((await client(graph, "DELETE", `${applications}/${id}`)).status).toBe(204);
  const kept = { displayName: "kept", signInAudience: "AzureADMultipleOrgs" };
  expect((await client(graph, "POST", applications, kept)).status).toBe(201);
  for (const target of [made.site, made.account, made.container, made.vault, made.machine])
    answers.set(managed(first, target), "");
  answers.set(applications, "");
  for (const url of answers.keys()) {
    const token = url === applications ? graph : management;
    const { status, body } = await client(token, "GET", url);
    expect(status, body).toBe(200);
    answers.set(url, body);
  }
  const blob = `${first.endpoints.storage}/acctone/invoices/a.txt`;
  const headers = { "x-ms-version": "2026-04-06", "x-ms-blob-type": "BlockBlob" };
  const written = await client(storage, "PUT", blob, Buffer.from("kept"), headers);
  expect(written.status, written.body).toBe(201);
  const secret = `${vaultUri(answers)}secrets/one?api-version=7.4`;
  expect((await client(vault, "PUT", secret, { value: "kept" })).status).toBe(200);
  const site = await hostsOf(first, client, management);
  const { IDENTITY_HEADER: identityHeader } = await environmentOf(client, site[0] ?? "");
  const machine = await first.hostEnvironment(made.machine);
  const { connection } = first;
  const tokens = { management, storage, vault, graph };
  return { ...tokens, connection, site, identityHeader, machine, answers };
}

function vaultUri(answers: Map<string, string>): string {
  const body = [...answers].find(([url]) => url.includes(made.vault))?.[1] ?? "{}";
  return (JSON.parse(body) as { properties: { vaultUri: string } }).properties.vaultUri;
}
