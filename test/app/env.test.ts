import { expect, test } from "vitest";
import { parseEnvironment } from "../../app/env.ts";
import { unknownFields } from "../../app/target.ts";
import { environment, targetOf } from "./settings.ts";

function withTarget(change: Record<string, unknown>): Record<string, string> {
  const target = { ...targetOf("invoices", "contoso", "1"), ...change };
  return { ...environment(), TARGETS: JSON.stringify([target]) };
}

test("reads a complete environment, with 1 GiB as the size limit", () => {
  expect(parseEnvironment(environment())).toEqual({
    port: 8080,
    applicationClientId: "aaaaaaaa-0000-4000-8000-00000000000a",
    managedIdentityClientId: "cccccccc-0000-4000-8000-00000000000c",
    managedIdentityPrincipalId: "dddddddd-0000-4000-8000-00000000000d",
    managedIdentityIssuer:
      "https://login.microsoftonline.com/eeeeeeee-0000-4000-8000-00000000000e/v2.0",
    authorityHost: "https://login.microsoftonline.com",
    exchangeAudience: "api://AzureADTokenExchange",
    storageSuffix: "core.windows.net",
    targets: [targetOf("invoices", "contoso", "1")],
    maxBlobBytes: 2 ** 30,
  });
});

test("takes a site without targets and a size limit of its own", () => {
  const settings = parseEnvironment({ ...environment(), TARGETS: "[]", MAX_BLOB_BYTES: "1000" });
  expect(settings).toMatchObject({ targets: [], maxBlobBytes: 1000 });
});

test("takes a local endpoint whose path is the account", () => {
  const blobEndpoint = "https://localhost:10000/contoso1";
  const env = { ...withTarget({ blobEndpoint }), STORAGE_SUFFIX: "localhost" };
  expect(parseEnvironment(env).targets[0]?.blobEndpoint).toBe(blobEndpoint);
});

test("refuses an empty environment with every problem in one error", () => {
  const names = Object.keys(environment());
  const message = messageOf({});
  for (const name of names) expect(message).toContain(name);
  expect(message.split("\n- ")).toHaveLength(names.length);
});

test.each([
  ["PORT", "http", 'PORT is "http"; it must be a port number'],
  ["APPLICATION_CLIENT_ID", "app", 'APPLICATION_CLIENT_ID is "app"'],
  [
    "AUTHORITY_HOST",
    "http://login",
    'AUTHORITY_HOST is "http://login"; it must be an https origin',
  ],
  ["AUTHORITY_HOST", "https://login/tenant", "it must be an https origin"],
  ["EXCHANGE_AUDIENCE", "https://graph", "it must be an audience, api://..."],
  ["MAX_BLOB_BYTES", "1e9", "it must be a number of bytes"],
  ["MAX_BLOB_BYTES", "0", "it must be a number of bytes"],
  ["TARGETS", "{}", "TARGETS must be a JSON list"],
  ["TARGETS", "[null]", "TARGETS[0] must be an object with name, tenant,"],
  ["IDENTITY_HEADER", "", "assign the identity and restart the site"],
])("refuses %s=%s", (name, value, text) => {
  expect(messageOf({ ...environment(), [name]: value })).toContain(text);
});

test.each([
  ["name", "Invoices!", "3 to 16 lower-case letters and digits"],
  ["tenantId", "contoso.com", "the tenant's id, a GUID in lower case"],
  ["kind", "queue", 'it must be "blob"'],
  ["container", "a--b", "the name of a container"],
  ["blobEndpoint", "http://contoso.blob.core.windows.net", "it must be an https address"],
  ["blobEndpoint", "https://evil.example", 'at or below STORAGE_SUFFIX, "core.windows.net"'],
  ["blobEndpoint", "https://evilcore.windows.net", "at or below STORAGE_SUFFIX"],
  [
    "blobEndpoint",
    "https://u:p@contoso.blob.core.windows.net",
    '"https://(hidden)@contoso.blob.core.windows.net"; it must not contain user info',
  ],
  [
    "blobEndpoint",
    "https://contoso.blob.core.windows.net?sig=1",
    '"https://contoso.blob.core.windows.net?(hidden)"; it must not have a query',
  ],
  ["blobEndpoint", "https://core.windows.net/a/b", "its path may hold the account's name at most"],
  ["blobEndpoint", "https://contoso.blob.core.windows.net/", "without a slash at the end"],
])("refuses a target whose %s is %s", (key, value, text) => {
  expect(messageOf(withTarget({ [key]: value }))).toContain(text);
});

test("takes a target with fields of another release, and names them for the log", () => {
  const env = withTarget({ region: "eu", constructor: 1 });
  expect(parseEnvironment(env).targets).toEqual([targetOf("invoices", "contoso", "1")]);
  expect(unknownFields(env["TARGETS"] ?? "")).toEqual(["region", "constructor"]);
  expect(unknownFields(environment()["TARGETS"] ?? "")).toEqual([]);
});

test("refuses two targets of the same name", () => {
  const twice = [targetOf("invoices", "contoso", "1"), targetOf("invoices", "fabrikam", "2")];
  expect(messageOf({ ...environment(), TARGETS: JSON.stringify(twice) })).toContain(
    'the name "invoices" more than once',
  );
});

test.each([
  "AZURE_CLIENT_ID",
  "AZURE_TENANT_ID",
  "AZURE_CLIENT_SECRET",
  "AZURE_FEDERATED_TOKEN_FILE",
])("refuses %s, which would divert the managed identity, without showing its value", (name) => {
  const message = messageOf({ ...environment(), [name]: "canary-value" });
  expect(message).toContain(`${name} is set; it would divert the managed identity`);
  expect(message).not.toContain("canary");
});

function messageOf(env: Record<string, string>): string {
  try {
    parseEnvironment(env);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  return "accepted";
}
