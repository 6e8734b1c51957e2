import { expect, test } from "vitest";
import { AppError, type ErrorDetails } from "../../../app/app-error.ts";
import { explainError, explainIdentityError, knownFailures } from "../../../app/explain/explain.ts";
import { matches, signOf } from "../../../app/explain/row.ts";
import { parseEnvironment } from "../../../app/env.ts";
import { environment, targetOf } from "../settings.ts";
import { entraNumbers, samples, storageFailure } from "./samples.ts";
import { answered, entraFailure, identityFailure } from "./token-failures.ts";

const facts = { ...parseEnvironment(environment()), ...targetOf("invoices", "contoso", "1") };
const application = "aaaaaaaa-0000-4000-8000-00000000000a";
const clientId = "cccccccc-0000-4000-8000-00000000000c";
const principalId = "dddddddd-0000-4000-8000-00000000000d";
const tenantId = "00000000-0000-4000-8000-000000000001";
const token = `eyJhbGciOiJSUzI1NiJ9.${"e30".repeat(10)}.canary`;

const rows = Object.entries(knownFailures).flatMap(([hop, known]) =>
  known.map((row) => ({ name: `${hop}: ${signOf(row)}`, hop, row })),
);

const allSamples = await samples();

function matching(error: AppError): string[] {
  return rows
    .filter(({ hop, row }) => hop === error.details.hop && matches(row, error))
    .map(({ name }) => name);
}

function explanationOf(error: AppError) {
  return explainError(error, facts).explanation;
}

test.each(entraNumbers)("knows AADSTS%d by exactly one row, which names it", async (number) => {
  expect(matching(await entraFailure(number))).toEqual([
    expect.stringMatching(new RegExp(`AADSTS${number}\\b`)),
  ]);
});

test("has no row that no failure reaches, and no failure that two rows explain", () => {
  const reached = allSamples.map((sample) => {
    const found = matching(sample);
    expect({ failure: sample.message, details: sample.details, found }).toMatchObject({
      found: [expect.any(String)],
    });
    return found[0];
  });
  expect(new Set(reached)).toEqual(new Set(rows.map(({ name }) => name)));
});

test("says of every failure in plain words what caused it and what mends it", () => {
  for (const sample of allSamples) {
    const { cause, fix } = explanationOf(sample) ?? {};
    for (const text of [cause, fix]) {
      expect(text).toMatch(/^\S.{20,700}[^.\s]$/);
      expect(text).not.toMatch(/undefined|null|NaN|\[object/);
    }
  }
});

test("explains a failure of the identity itself without any target's values", () => {
  const ofSite = parseEnvironment(environment());
  for (const sample of allSamples.filter(({ details }) => details.hop === "managed identity")) {
    const explained = explainIdentityError(sample, ofSite);
    expect(explained).toEqual(explainError(sample, facts));
    expect(JSON.stringify(explained)).not.toMatch(/undefined|[{]\w+[}]/);
  }
});

test("names the identity that the federated credential's subject must be", async () => {
  const message = `No matching federated identity record found for presented assertion subject '${principalId}'.`;
  expect(explainError(await entraFailure(700213, message), facts)).toEqual({
    code: "ERR_TOKEN_EXCHANGE",
    message: `token exchange: AADSTS700213: ${message}`,
    hop: "token exchange",
    aadsts: 700213,
    upstreamStatus: 401,
    traceId: "6fa1e4ef-4b52-4a3c-9a5b-000000000001",
    correlationId: "6fa1e4ef-4b52-4a3c-9a5b-000000000002",
    explanation: {
      cause: `the federated identity credential's subject is not this site's identity, whose principalId is ${principalId} (its client id, ${clientId}, is not a subject)`,
      fix: `set the credential's subject on application ${application} to ${principalId}; with this project's stack run \`pulumi up --refresh\`, \`FederatedIdentity\` declares the credential; an identity that was deleted and made again has another principalId`,
    },
  });
});

test.each<[string, AppError, string, string]>([
  [
    "an application without a credential",
    await entraFailure(70025),
    `application ${application} trusts nobody`,
    `issuer https://login.microsoftonline.com/eeeeeeee-0000-4000-8000-00000000000e/v2.0, subject ${principalId} and audience api://AzureADTokenExchange`,
  ],
  [
    "a missing service principal",
    await entraFailure(7000229),
    `application ${application} has no service principal in tenant ${tenantId}`,
    `\`az ad sp create --id ${application}\``,
  ],
  [
    "an application of another tenant than the identity",
    await entraFailure(700236),
    `not registered in the home tenant, the tenant of identity ${principalId}`,
    "`MultitenantApplication` declares it",
  ],
  [
    "an unknown tenant",
    await entraFailure(90002),
    `https://login.microsoftonline.com knows no tenant ${tenantId}`,
    'correct the tenantId of "contoso" under `resourceTenants`',
  ],
  [
    "an identity that is not assigned",
    await identityFailure(400, { message: "No User Assigned or Delegated Managed Identity found" }),
    `identity ${clientId} is not assigned to this site`,
    "`WebHost` assigns it",
  ],
  [
    "an account of another tenant",
    storageFailure({ upstreamStatus: 401, storageTenantId: "tenant-x" }),
    `belongs to tenant tenant-x, and the site came with a token of tenant ${tenantId}`,
    "move the target to the entry of tenant tenant-x",
  ],
  [
    "a missing role",
    storageFailure({ upstreamStatus: 403, azureCode: "AuthorizationPermissionMismatch" }),
    `no role that allows this on container "files" of https://contoso.blob.core.windows.net`,
    "A role takes up to 10 minutes",
  ],
])("explains %s with the site's own values", (_what, error, cause, fix) => {
  expect(explanationOf(error)).toEqual({
    cause: expect.stringContaining(cause),
    fix: expect.stringContaining(fix),
  });
});

test("names the number, the tenant's log and the ids when Entra's number is unknown", async () => {
  expect(explanationOf(await entraFailure(4242424))).toEqual({
    cause: `tenant ${tenantId} ("contoso") gave application ${application} no token, for a reason this site does not know (AADSTS4242424, status 401)`,
    fix: `read what https://login.microsoftonline.com/error?code=4242424 says; an admin of tenant ${tenantId} looks in its sign-in log, under service principal sign-ins, for trace id 6fa1e4ef-4b52-4a3c-9a5b-000000000001 and correlation id 6fa1e4ef-4b52-4a3c-9a5b-000000000002`,
  });
});

test("names the home tenant's log when the identity endpoint's answer is unknown", async () => {
  const error = await identityFailure(418, { message: "teapot", correlationId: "id-1" });
  expect(explainIdentityError(error, facts).explanation).toEqual({
    cause: `the identity endpoint gave no token of identity ${clientId}, for a reason this site does not know (status 418)`,
    fix: expect.stringContaining(
      "look in the home tenant's sign-in log, under managed identity sign-ins, for correlation id id-1",
    ),
  });
  expect(explanationOf(error)).toEqual(explainIdentityError(error, facts).explanation);
});

test("names storage's code and where its log is when the code is unknown", () => {
  expect(explanationOf(storageFailure({ upstreamStatus: 400, azureCode: "Brandnew" }))).toEqual({
    cause: `https://contoso.blob.core.windows.net refused a request for container "files", for a reason this site does not know (status 400, Brandnew)`,
    fix: expect.stringContaining("StorageBlobLogs"),
  });
});

test("names the request's id, by which storage's log has it", () => {
  const details = { upstreamStatus: 400, azureCode: "Brandnew", requestId: "request-1" };
  expect(explanationOf(storageFailure(details))?.fix).toMatch(
    /finds the request in its resource logs \(StorageBlobLogs\) by request id request-1 and application/,
  );
});

test("takes a 503 for an outage of the login endpoint, whatever number comes with it", async () => {
  const body = JSON.stringify({ error_description: "AADSTS900999: later." });
  const error = await answered("token exchange", { status: 503, body });
  expect(error).toMatchObject({ code: "ERR_UPSTREAM_UNAVAILABLE", details: { aadsts: 900_999 } });
  expect(explanationOf(error)?.cause).toContain(
    "https://login.microsoftonline.com is overloaded, throttles tenant",
  );
});

test.each([
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "EPROTO",
  "INVALID_CA",
  "HOSTNAME_MISMATCH",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
])("explains %s as a certificate that is not trusted", async (network) => {
  const storage = new AppError(502, "ERR_STORAGE_UNREACHABLE", "storage: no answer", {
    hop: "storage",
    network,
  });
  for (const error of [storage, await answered("token exchange", { network })]) {
    expect(explanationOf(error)?.cause).toContain("the site does not trust the certificate");
  }
});

test("has nothing to explain about the caller's own mistakes", () => {
  const error = new AppError(404, "ERR_UNKNOWN_BLOB", "no such blob in this target");
  expect(explainError(error, facts)).toEqual({
    code: "ERR_UNKNOWN_BLOB",
    message: "no such blob in this target",
  });
});

test("never repeats what upstream wrote, where a token could be", () => {
  for (const { status, code, details } of allSamples) {
    const said: ErrorDetails = { ...details, authenticationDetail: token };
    const explained = explanationOf(new AppError(status, code, `it said ${token}`, said));
    expect(JSON.stringify(explained)).not.toContain("eyJ");
  }
});
