import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { findSecrets } from "../support/find-secrets.ts";
import { processesWith } from "../support/processes.ts";
import { site } from "../support/site.ts";
import { engineLog, outputs, stage, upVerbosely } from "./stage.ts";

const blobText = "canary-of-a-customer's-document-71c0f5";
const clientSecret = "canary-of-a-client-secret-2b9e44";
let answers: string;
let secrets: Record<string, string>;

beforeAll(async () => {
  answers = await useSite();
  secrets = {
    "request token of the OIDC sign-in": stage.azure.connection.oidc.requestToken,
    "IDENTITY_HEADER of the site": await identityHeader(),
    "text of a blob": blobText,
  };
});

describe("no secret is told", () => {
  it("by the state, its history and its backups", async () => {
    const state = fileURLToPath(stage.workspace.environment["PULUMI_BACKEND_URL"] ?? "");
    const files = await readdir(state, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files
        .filter((file) => file.isFile())
        .map((file) => readFile(join(file.parentPath, file.name), "utf8")),
    );
    expect(texts.join("\n")).toContain("Microsoft.Web/sites/");
    expect(findSecrets(texts.join("\n"), secrets)).toEqual([]);
  });

  // With the stand-ins: the real azuread tells the request token (test/providers/verbose-log.test.ts).
  it("by the engine's most verbose log", () => {
    // As a condition, because a failure would print the whole log.
    expect(engineLog.includes("Marshaling property for RPC[")).toBe(true);
    expect(findSecrets(engineLog, secrets)).toEqual([]);
  });

  it("by the outputs, secrets shown", async () => {
    const { stdout } = await stage.pulumi("stack", "output", "--json", "--show-secrets");
    expect(stdout).toContain("managedIdentityPrincipalId");
    expect(findSecrets(stdout, secrets)).toEqual([]);
  });

  it("by the logs of the site, the local Azure and the attached stand-ins", () => {
    const log = stage.log.join("\n");
    expect(log).toContain('"site-output"');
    expect(findSecrets(log, secrets)).toEqual([]);
    // The local Azure blacks tokens out of what a site prints; there was nothing to black out.
    expect(log).not.toContain("[token]");
  });

  it("by the site's page and answers, but for the blob to whom it is served", () => {
    expect(findSecrets(answers, secrets)).toEqual([]);
  });

  it("by the refusal of a client secret in the environment", async () => {
    const { code, stdout, stderr } = await upVerbosely({ ARM_CLIENT_SECRET: clientSecret });
    expect(code).not.toBe(0);
    expect(stdout).toContain('ARM_CLIENT_SECRET is "(hidden)"');
    expect(findSecrets(stdout + stderr, { ...secrets, clientSecret })).toEqual([]);
  });
});

describe("the search for secrets", () => {
  it("finds each kind where it is", async () => {
    const named = Object.keys(secrets);
    expect(findSecrets(Object.values(secrets).join(" "), secrets)).toEqual(named);
    expect(findSecrets(Buffer.from(`x${blobText}y`).toString("base64"), {})).toEqual([]);
    expect(findSecrets(JSON.stringify(stage.workspace.environment), secrets)).toEqual([
      "request token of the OIDC sign-in",
    ]);
    const { requestUrl, requestToken } = stage.azure.connection.oidc;
    const headers = { authorization: `Bearer ${requestToken}` };
    const token = await fetch(`${requestUrl}&audience=api://AzureADTokenExchange`, { headers });
    expect(findSecrets(await token.text(), secrets)).toEqual(["token"]);
  });
});

/** Uses the site in every way, also in ways it refuses; returns all it answers but the blob's own content. */
async function useSite(): Promise<string> {
  const blobs = "/api/targets/invoices/blobs";
  const asked: [string, RequestInit?][] = [
    [`${blobs}/document.txt`, { method: "PUT", body: blobText }],
    ["/"],
    ["/overview"],
    ["/healthz"],
    ["/api/targets"],
    [blobs],
    [`${blobs}/missing.txt`],
    ["/api/targets/unknown/blobs"],
    [`${blobs}/document.txt`, { method: "DELETE" }],
  ];
  const texts = [];
  for (const [path, init] of asked) {
    const response = await site(stage, path, init);
    texts.push(JSON.stringify([...response.headers]), await response.text());
    if (init?.method !== "PUT") continue;
    expect(await (await site(stage, path)).text()).toBe(blobText);
  }
  return texts.join("\n");
}

/** The secret that names the site to its managed identity endpoint: known to its process alone. */
async function identityHeader(): Promise<string> {
  const [process] = await processesWith(`WEBSITE_HOSTNAME=${new URL(outputs.siteUrl).host}`);
  const header = / IDENTITY_HEADER=(\S+)/.exec(process?.text ?? "")?.[1];
  if (header === undefined) throw new Error("the site's process has no IDENTITY_HEADER");
  return header;
}
