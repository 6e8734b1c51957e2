import { randomUUID } from "node:crypto";
import { decodeJwt } from "jose";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAppService } from "../../../src/app-service/app-service.ts";
import { createEntra } from "../../../src/entra/entra.ts";
import {
  issueApplicationToken,
  issueManagedIdentityToken,
} from "../../../src/entra/issue-token.ts";
import type { Azure } from "../../../src/service/azure.ts";
import type { ServicePrincipal } from "../../../src/world/directory-records.ts";
import { v2Issuer } from "../../../src/world/names/issuers.ts";
import { mint, refusalOf } from "../../entra/exchange-client.ts";
import { type BareTenants, createBareTenants } from "../../tenants/bare-tenants.ts";
import { sharedKeys } from "../../tenants/shared-keys.ts";
import { JWT_BEARER } from "../../tenants/two-tenants.ts";
import { type Answer, createManagement, follow, type Management } from "../management-client.ts";

// Documents: REST reference "Federated Identity Credentials"; "Important considerations and restrictions for federated
// identity credentials"; "Configure a user-assigned managed identity to trust an external identity provider".

let tenants: BareTenants;
let azure: Azure;
let clock: { milliseconds: number };
let delay: number;
let as: (principal: ServicePrincipal) => Management;
let owner: Management;
let group: string;
let identity: string;
let clientId: string;

beforeAll(async () => {
  const bare = await createBareTenants();
  const keys = await sharedKeys([bare.home.tenantId, bare.other.tenantId, "github"]);
  clock = { milliseconds: Date.UTC(2026, 0, 15, 12) };
  azure = {
    ...bare.azure,
    keys,
    clock: { now: () => clock.milliseconds },
    get consistencyDelaySeconds() {
      return delay;
    },
  };
  const target = { name: "resource-manager", audience: "https://management.azure.com/" } as const;
  const bearer = async (principal: ServicePrincipal) =>
    `Bearer ${(await issueApplicationToken(azure, principal, target)).token}`;
  tenants = { ...bare, azure, bearer };
  as = createManagement(tenants, createAppService(azure, issueManagedIdentityToken));
  const principal = tenants.principal(tenants.home);
  tenants.grant(principal, "Owner", `/subscriptions/${tenants.home.subscriptionId}`);
  owner = as(principal);
  group = `/subscriptions/${tenants.home.subscriptionId}/resourceGroups/rg`;
  identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/site`;
});

beforeEach(async () => {
  delay = 0;
  const removed = await owner("DELETE", group);
  if (removed.status === 202) await follow(owner, removed);
  await owner("PUT", group, { location: "westeurope" });
  const { body } = await owner("PUT", identity, { location: "westeurope" });
  clientId = (body["properties"] as { clientId: string }).clientId;
});

const issuer = "https://localhost:9005";
const subject = "repo:contoso/app:ref:refs/heads/main";
const trusted = { issuer, subject, audiences: ["api://AzureADTokenExchange"] };
const credential = (name = "github") => `${identity}/federatedIdentityCredentials/${name}`;
const put = (properties: object = trusted, name = "github"): Promise<Answer> =>
  owner("PUT", credential(name), { properties });

describe("Federated Identity Credentials, REST reference", () => {
  it.each(["ab", "-abc", "a.b.c"])("refuses the name %s", async (name) => {
    expect(await put(trusted, name)).toMatchObject(
      badRequest(`Federated Identity Credential name '${name}' is invalid.`),
    );
  });

  it.each([
    [{}, "Federated Identity Credential from HTTP body has empty properties"],
    [
      { ...trusted, audiences: ["a", "b"] },
      "Federated identity credentials must have exactly one audience.",
    ],
    [{ ...trusted, subject: "" }, "The property 'subject' must have between 1 and 600 characters."],
  ])("refuses the properties %j", async (properties, message) => {
    expect(await put(properties)).toMatchObject(badRequest(message));
  });

  it("refuses issuer and subject that another credential of the identity has", async () => {
    await put();
    expect(await put(trusted, "second")).toMatchObject(
      badRequest("Issuer and subject combination already exists for this Managed Identity."),
    );
  });

  it("refuses the 21st credential", async () => {
    for (let count = 1; count <= 20; count += 1)
      await put({ ...trusted, subject: `subject-${count}` }, `credential-${count}`);
    expect(await put()).toMatchObject(
      badRequest("The managed identity cannot have more than 20 federated identity credentials."),
    );
  });

  it("refuses a credential of an identity that does not exist", async () => {
    expect(
      await owner("PUT", credential().replace("/site/", "/no/"), { properties: trusted }),
    ).toMatchObject({
      status: 404,
      error: { code: "ParentResourceNotFound" },
    });
  });

  it("refuses who may only use the identity", async () => {
    const operator = tenants.principal(tenants.home);
    tenants.grant(operator, "Managed Identity Operator", group);
    expect(await as(operator)("PUT", credential(), { properties: trusted })).toMatchObject({
      status: 403,
      error: {
        code: "AuthorizationFailed",
        message: `The client '${operator.appId}' with object id '${operator.objectId}' does not have authorization to perform action 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write' over scope '${credential()}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
      },
    });
  });

  it("refuses a matching expression with 501", async () => {
    const flexible = { ...trusted, claimsMatchingExpression: { value: "x", languageVersion: 1 } };
    expect(await put(flexible)).toMatchObject({ status: 501 });
  });

  it("creates, reads, lists, changes and deletes", async () => {
    const created = await put();
    const body = {
      id: credential().replace("/resourceGroups/", "/resourcegroups/"),
      name: "github",
      type: "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
      properties: trusted,
    };
    expect(created).toMatchObject({ status: 201, body });
    expect((await owner("GET", credential())).body).toEqual(body);
    expect((await put({ ...trusted, subject: "other" })).status).toBe(200);
    const listed = await owner("GET", `${identity}/federatedIdentityCredentials`);
    expect(listed.body["value"]).toMatchObject([{ properties: { subject: "other" } }]);
    expect((await owner("DELETE", credential())).status).toBe(200);
    expect(await owner("GET", credential())).toMatchObject({
      status: 404,
      error: { code: "ResourceNotFound" },
    });
    expect((await owner("DELETE", credential())).status).toBe(204);
  });
});

describe("Workload identity federation, managed identity", () => {
  it("refuses an identity that trusts nobody", async () => {
    expect(await exchange()).toMatchObject({
      code: 70025,
      text: `AADSTS70025: The client '${clientId}'(site) has no configured federated identity credentials.`,
    });
  });

  it("refuses a subject that the identity does not trust", async () => {
    await put({ ...trusted, subject: "repo:contoso/app:pull_request" });
    expect(await exchange()).toMatchObject({ status: 401, code: 700213 });
  });

  it("refuses a subject that the identity does not trust any more", async () => {
    await put();
    await owner("DELETE", credential());
    expect(await exchange()).toMatchObject({ code: 70025 });
  });

  it("refuses a token of Entra's, whoever the identity trusts", async () => {
    const { tenantId } = tenants.home;
    const claims = { iss: v2Issuer(azure, tenantId), sub: randomUUID(), tid: tenantId };
    await put({ ...trusted, issuer: claims.iss, subject: claims.sub });
    expect(await refusalOf(await request(tenantId, claims, tenantId))).toEqual({
      status: 401,
      error: "invalid_client",
      code: 700222,
      text: "AADSTS700222: AAD-issued tokens may not be used for federated identity flows.",
    });
  });

  it("refuses the identity in another tenant", async () => {
    await put();
    expect(await exchange(tenants.other.tenantId)).toMatchObject({
      status: 400,
      error: "unauthorized_client",
      code: 700016,
    });
  });

  it("refuses a new credential until it is seen everywhere", async () => {
    delay = 60;
    await put();
    expect(await exchange()).toMatchObject({ code: 70025 });
    clock.milliseconds += 60_000;
    expect(await token()).toMatchObject({ appid: clientId });
  });

  it("gives the identity's token for a trusted assertion", async () => {
    await put();
    expect(await token()).toMatchObject({
      appid: clientId,
      tid: tenants.home.tenantId,
      xms_mirid: identity.replace("/resourceGroups/", "/resourcegroups/"),
    });
  });
});

/** The refusal of an exchange. */
async function exchange(tenantId = tenants.home.tenantId) {
  return refusalOf(await request(tenantId));
}

/** The claims of the token that an exchange gives. */
async function token() {
  const body = (await (await request(tenants.home.tenantId)).json()) as { access_token: string };
  return decodeJwt(body.access_token);
}

async function request(
  tenantId: string,
  claims: Record<string, string> = { iss: issuer, sub: subject },
  keyOwner = "github",
): Promise<Response> {
  const form = {
    grant_type: "client_credentials",
    client_id: clientId,
    scope: "https://management.azure.com/.default",
    client_assertion_type: JWT_BEARER,
    client_assertion: await mint(azure, keyOwner, { aud: "api://AzureADTokenExchange", ...claims }),
  };
  return createEntra(azure).request(`/${tenantId}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams(form),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
}

function badRequest(message: string) {
  return { status: 400, error: { code: "BadRequest", message } };
}
