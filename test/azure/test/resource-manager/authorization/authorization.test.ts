import { beforeAll, describe, expect, it } from "vitest";
import { createAppService } from "../../../src/app-service/app-service.ts";
import { issueManagedIdentityToken } from "../../../src/entra/issue-token.ts";
import { createKeyVault } from "../../../src/key-vault/key-vault.ts";
import { createResourceManager } from "../../../src/resource-manager/resource-manager.ts";
import { createMetadata } from "../../../src/surroundings/cloud-metadata.ts";
import { roleAssignmentCondition } from "../../../src/world/access/role-assignment-condition.ts";
import type { ServicePrincipal } from "../../../src/world/directory-records.ts";
import { type BareTenants, createBareTenants } from "../../tenants/bare-tenants.ts";
import { answerOf, createManagement, type Management } from "../management-client.ts";

// Documents: Azure Resource Manager request authentication; Azure RBAC "troubleshooting".

/** What the caller lacks, in the refusal of a role assignment. */
const UNFULFILLED = "authorization or an ABAC condition not fulfilled";

let tenants: BareTenants;
let as: (principal: ServicePrincipal) => Management;
let owner: ServicePrincipal;
let group: string;

beforeAll(async () => {
  tenants = await createBareTenants();
  as = createManagement(tenants, createAppService(tenants.azure, issueManagedIdentityToken));
  const subscription = `/subscriptions/${tenants.home.subscriptionId}`;
  owner = tenants.principal(tenants.home);
  tenants.grant(owner, "Owner", subscription);
  group = `${subscription}/resourceGroups/rg`;
  expect((await as(owner)("PUT", group, { location: "westeurope" })).status).toBe(201);
});

describe("Resource Manager, who asks", () => {
  it("answers a token of the subscription's tenant with a role", async () => {
    const { status, body } = await as(owner)("GET", group);
    expect([status, body["name"]]).toEqual([200, "rg"]);
  });

  it("refuses a token of another tenant, whatever roles its holder has", async () => {
    const stranger = tenants.principal(tenants.other);
    tenants.grant(stranger, "Owner", group);
    const { status, error, headers } = await as(stranger)("GET", group);
    expect([status, error.code]).toEqual([401, "InvalidAuthenticationTokenTenant"]);
    expect(error.message).toContain(
      `The access token is from the wrong issuer 'https://sts.windows.net/${tenants.other.tenantId}/'. It must match the tenant 'https://sts.windows.net/${tenants.home.tenantId}/' associated with this subscription.`,
    );
    expect(headers.get("www-authenticate")).toContain('error="invalid_token"');
  });

  it("refuses a request without a token", async () => {
    const { status, error } = await send({});
    expect([status, error]).toEqual([
      401,
      {
        code: "AuthenticationFailed",
        message: "Authentication failed. The 'Authorization' header is missing.",
      },
    ]);
  });

  it("refuses a token for storage", async () => {
    const { status, error } = await send({ authorization: await tenants.bearer(owner, "storage") });
    expect([status, error.code]).toEqual([401, "InvalidAuthenticationTokenAudience"]);
    expect(error.message).toContain("It should exactly match with one of the allowed audiences");
  });

  it("refuses a token with one byte of its claims changed", async () => {
    const [scheme, token = ""] = (await tenants.bearer(owner, "resource-manager")).split(" ");
    const [header, claims = "", signature] = token.split(".");
    const json = Buffer.from(claims, "base64url")
      .toString()
      .replace('"idtyp":"app"', '"idtyp":"apq"');
    const forged = [header, Buffer.from(json).toString("base64url"), signature].join(".");
    const { status, error } = await send({ authorization: `${scheme} ${forged}` });
    expect([status, error]).toEqual([
      401,
      { code: "InvalidAuthenticationToken", message: "The access token is invalid." },
    ]);
  });

  it("refuses an unknown subscription", async () => {
    const id = "11111111-1111-4111-8111-111111111111";
    const { status, error } = await as(owner)("GET", `/subscriptions/${id}/resourceGroups/rg`);
    expect([status, error]).toEqual([
      404,
      { code: "SubscriptionNotFound", message: `The subscription '${id}' could not be found.` },
    ]);
  });

  it("refuses a request without api-version", async () => {
    const { status, error } = await send(
      { authorization: await tenants.bearer(owner, "resource-manager") },
      "",
    );
    expect([status, error]).toEqual([
      400,
      {
        code: "MissingApiVersionParameter",
        message: "The api-version query parameter (?api-version=) is required for all requests.",
      },
    ]);
  });
});

describe("Resource Manager, what they may", () => {
  it("refuses a principal without a role", async () => {
    const nobody = tenants.principal(tenants.home);
    const { status, error } = await as(nobody)("GET", group);
    const action = "Microsoft.Resources/subscriptions/resourceGroups/read";
    expect([status, error]).toEqual(refusal(nobody, action, group));
  });

  it("refuses a role at another resource group", async () => {
    const principal = tenants.principal(tenants.home);
    tenants.grant(principal, "Owner", `${group}2`);
    const { status, error } = await as(principal)("GET", group);
    const action = "Microsoft.Resources/subscriptions/resourceGroups/read";
    expect([status, error]).toEqual(refusal(principal, action, group));
  });

  it("refuses to write with a reader's role", async () => {
    const reader = tenants.principal(tenants.home);
    tenants.grant(reader, "Reader", group);
    expect((await as(reader)("GET", group)).status).toBe(200);
    const { status, error } = await as(reader)("PUT", group, { location: "westeurope" });
    const action = "Microsoft.Resources/subscriptions/resourceGroups/write";
    expect([status, error]).toEqual(refusal(reader, action, group));
  });

  it("refuses the result of an accepted request to a principal without a role", async () => {
    const doomed = `${group}-doomed`;
    await as(owner)("PUT", doomed, { location: "westeurope" });
    const accepted = await as(owner)("DELETE", doomed);
    expect(accepted.status).toBe(202);
    const { pathname, search } = new URL(accepted.headers.get("location") ?? "");
    const nobody = tenants.principal(tenants.home);
    const { status, error } = await as(nobody)("GET", `${pathname}${search}`);
    const action = "Microsoft.Resources/subscriptions/operationresults/read";
    expect([status, error]).toEqual(refusal(nobody, action, pathname));
  });

  it("refuses a data role for management", async () => {
    const principal = tenants.principal(tenants.home);
    tenants.grant(principal, "Storage Blob Data Contributor", group);
    expect((await as(principal)("GET", group)).status).toBe(403);
  });

  it("refuses role assignments beyond the caller's own condition, and takes those within", async () => {
    const contributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
    const deployer = tenants.principal(tenants.home);
    const condition = roleAssignmentCondition([contributor], ["ServicePrincipal"]);
    tenants.grant(deployer, "Owner", group, condition);
    const { objectId: principalId } = tenants.principal(tenants.home);
    const assign = (role: string, name: string) =>
      as(deployer)("PUT", `${group}/providers/Microsoft.Authorization/roleAssignments/${name}`, {
        properties: {
          principalId,
          principalType: "ServicePrincipal",
          roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${role}`,
        },
      });
    const within = await assign(contributor, "22222222-2222-4222-8222-222222222222");
    expect(within.status).toBe(201);
    const ownerRole = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
    const beyond = await assign(ownerRole, "33333333-3333-4333-8333-333333333333");
    const action = "Microsoft.Authorization/roleAssignments/write";
    const scope = `${group}/providers/Microsoft.Authorization/roleAssignments/33333333-3333-4333-8333-333333333333`;
    expect([beyond.status, beyond.error]).toEqual(refusal(deployer, action, scope, UNFULFILLED));
  });

  it("refuses role assignments to a principal that may assign none, in the words for a condition too", async () => {
    const reader = tenants.principal(tenants.home);
    tenants.grant(reader, "Reader", group);
    const scope = `${group}/providers/Microsoft.Authorization/roleAssignments/44444444-4444-4444-8444-444444444444`;
    const { status, error } = await as(reader)("PUT", scope, {
      properties: {
        principalId: reader.objectId,
        roleDefinitionId:
          "/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe",
      },
    });
    const action = "Microsoft.Authorization/roleAssignments/write";
    expect([status, error]).toEqual(refusal(reader, action, scope, UNFULFILLED));
  });
});

async function send(headers: Record<string, string>, query = "?api-version=2024-03-01") {
  const app = createResourceManager(
    tenants.azure,
    createAppService(tenants.azure, issueManagedIdentityToken),
    createKeyVault(tenants.azure),
    createMetadata(tenants.azure),
  );
  return answerOf(await app.request(`${group}${query}`, { headers }));
}

function refusal(
  { appId, objectId }: ServicePrincipal,
  action: string,
  scope: string,
  missing = "authorization",
): unknown[] {
  const message = `The client '${appId}' with object id '${objectId}' does not have ${missing} to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
  return [403, { code: "AuthorizationFailed", message }];
}
