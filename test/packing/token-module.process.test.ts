import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startStubAzure } from "../app/stub-azure.ts";
import { installPacked, type Consumer } from "./packed-workspace.ts";

const run = promisify(execFile);
let consumer: Consumer;

beforeAll(async () => {
  consumer = await installPacked("app/token");
});
afterAll(() => consumer[Symbol.asyncDispose]());

test("the token module's package has JavaScript with its types, its README and nothing else", async () => {
  const built = (await readdir("app/token/src")).flatMap((source) => {
    const name = source.replace(/\.ts$/, "");
    return [`dist/${name}.d.ts`, `dist/${name}.js`];
  });
  const files = ["README.md", "dist", "package.json", ...built].sort();
  expect((await readdir(consumer.installed, { recursive: true })).sort()).toEqual(files);
  expect(consumer.manifest["exports"]).toEqual({
    ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
    "./time": { types: "./dist/time.d.ts", default: "./dist/time.js" },
  });
});

test("its README has no link that leaves the package", () => {
  expect(consumer.deadLinks).toEqual([]);
});

test("packing it leaves its folder as it was", async () => {
  const packed = join(consumer.folder, "copy/app/token");
  expect(await readdir(packed)).toEqual(await readdir("app/token"));
  expect(await readFile(join(packed, "package.json"), "utf8")).toBe(
    await readFile("app/token/package.json", "utf8"),
  );
});

test("another project exchanges a token with it", async () => {
  const azure = await startStubAzure();
  try {
    const [script, authority] = [
      join(consumer.folder, "exchange.js"),
      join(consumer.folder, "ca.pem"),
    ];
    await writeFile(authority, azure.ca);
    await writeFile(script, exchange);
    const env = {
      PATH: process.env["PATH"],
      AUTHORITY_HOST: azure.origin,
      IDENTITY_ENDPOINT: azure.identityEndpoint,
      IDENTITY_HEADER: "header",
      NODE_EXTRA_CA_CERTS: authority,
    };
    const { stdout } = await run(process.execPath, [script], { env });
    expect(stdout).toMatch(/^eyJ.*canary-storage valid true\n$/);
    expect(azure.exchanges).toEqual([expect.stringContaining("canary-identity")]);
  } finally {
    azure.close();
  }
});

const exchange = `
import { createDefaultHttpClient } from "@azure/core-rest-pipeline";
import { clientAssertionCredential, createCrossTenantTokens, managedIdentityCredential } from "cross-tenant-tokens";
import { systemClock } from "cross-tenant-tokens/time";

const scope = "https://storage.azure.com/.default";
const tokens = createCrossTenantTokens({
  identityCredential: managedIdentityCredential("cccccccc-0000-4000-8000-00000000000c"),
  identityScope: "api://AzureADTokenExchange/.default",
  tenantCredential: clientAssertionCredential({
    clientId: "aaaaaaaa-0000-4000-8000-00000000000a",
    authorityHost: process.env.AUTHORITY_HOST,
  }),
  httpClient: createDefaultHttpClient(),
});
const { token, expiresOnTimestamp } = await tokens.credential("00000000-0000-4000-8000-000000000001").getToken(scope);
console.log(token, "valid", systemClock.now() < expiresOnTimestamp);
tokens.close();
`;

test("another project compiles the example of its README, and no mistake in it", async () => {
  const readme = await readFile(join(consumer.installed, "README.md"), "utf8");
  const example = /^```ts\n(.*?)^```/ms.exec(readme)?.[1] ?? "";
  const time = `import { pause, systemClock } from "cross-tenant-tokens/time";\n`;
  await consumer.install("@azure/keyvault-secrets", "@types/node");
  const said = await consumer.compile({
    "example.ts": example,
    "time.ts": `${time}await pause(systemClock, 1, AbortSignal.timeout(1));\n`,
    "bad-example.ts": example.replace("authorityHost:", "authority:"),
    "bad-time.ts": `${time}await pause(systemClock);\n`,
  });
  expect(said).toEqual([
    expect.stringMatching(/^bad-example\.ts\(\d+,\d+\): error TS2353: .*'authority'/),
    expect.stringMatching(/^bad-time\.ts\(2,\d+\): error TS2554: /),
  ]);
});
