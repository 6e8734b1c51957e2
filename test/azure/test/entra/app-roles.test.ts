import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { issueManagedIdentityToken } from "../../src/entra/issue-token.ts";
import type { ServicePrincipal } from "../../src/world/directory-records.ts";
import { clientWith } from "../graph/graph-client.ts";
import {
  appRole,
  LEDGER_URI,
  type LedgerApi,
  PEOPLE_ROLE,
  READ_ROLE,
  registerLedger,
  WRITE_ROLE,
} from "../graph/ledger-api.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { refusalOf, requestToken } from "./exchange-client.ts";

// Documents: "OAuth 2.0 client credentials flow", application permissions; access-token-claims-reference, `roles`; "Assign a
// managed identity access to an application role"; "Add app roles to your application and receive them in the token".

let world: TwoTenants;
let ledger: LedgerApi;
beforeEach(async () => {
  world = await twoTenants();
  ledger = await registerLedger(world, 1);
});

async function assign(client: ServicePrincipal, appRoleId: string, api = ledger): Promise<string> {
  const path = `/servicePrincipals/${client.objectId}/appRoleAssignments`;
  const body = { principalId: client.objectId, resourceId: api.principalId, appRoleId };
  const answer = await api.admin("POST", path, body);
  expect(answer.status).toBe(201);
  return `${path}/${String(answer.body["id"])}`;
}

async function claims(): Promise<Record<string, unknown>> {
  const response = await requestToken(world, { scope: `${LEDGER_URI}/.default` });
  const { access_token } = (await response.json()) as { access_token: string };
  return decodeJwt(access_token);
}

describe("The roles of an application's API", () => {
  it("refuses a client without one where the API requires it, and lets it in with one", async () => {
    const path = `/servicePrincipals/${ledger.principalId}`;
    await ledger.admin("PATCH", path, { appRoleAssignmentRequired: true });
    const ask = () => requestToken(world, { scope: `${LEDGER_URI}/.default` });
    const { appId, displayName } = world.application;
    const refused = {
      status: 400,
      error: "invalid_grant",
      code: 501051,
      text: `AADSTS501051: Application '${appId}'(${displayName}) is not assigned to a role for the application '${ledger.appId}'(ledger).`,
    };
    expect(await refusalOf(await ask())).toEqual(refused);
    const assigned = await assign(world.principal, READ_ROLE);
    expect((await ask()).status).toBe(200);
    await ledger.admin("DELETE", assigned);
    expect(await refusalOf(await ask())).toEqual(refused);
  });

  it("stand in the tokens of a client from another tenant that was assigned them, and in no others", async () => {
    expect(await claims()).not.toHaveProperty("roles");
    await assign(world.principal, WRITE_ROLE);
    await assign(world.principal, READ_ROLE);
    expect(await claims()).toMatchObject({
      aud: LEDGER_URI,
      roles: ["Entries.Read", "Entries.Write"],
      oid: world.principal.objectId,
    });
    const storage = await requestToken(world);
    const { access_token } = (await storage.json()) as { access_token: string };
    expect(decodeJwt(access_token)).not.toHaveProperty("roles");
  });

  it("stand in a managed identity's tokens", async () => {
    const api = await registerLedger(world, 0);
    await assign(world.identity, READ_ROLE, api);
    const { token } = await issueManagedIdentityToken(world.azure, world.identity, LEDGER_URI);
    expect(decodeJwt(token)["roles"]).toEqual(["Entries.Read"]);
  });

  it("are as they are now, and stay when they are disabled", async () => {
    await assign(world.principal, READ_ROLE);
    await assign(world.principal, WRITE_ROLE);
    const appRoles = [
      appRole(READ_ROLE, "Lines.Read"),
      appRole(WRITE_ROLE, "Entries.Write", { isEnabled: false }),
      appRole(PEOPLE_ROLE, "Entries.Look"),
    ];
    await ledger.admin("PATCH", `/applications/${ledger.applicationId}`, { appRoles });
    expect((await claims())["roles"]).toEqual(["Lines.Read", "Entries.Write"]);
  });

  it("are in no token before others see the assignment", async () => {
    const delayed = { ...world, azure: { ...world.azure, consistencyDelaySeconds: 60 } };
    const permissions = ["Application.Read.All", "AppRoleAssignment.ReadWrite.All"];
    const admin = clientWith(delayed, 1, ...permissions);
    const path = `/servicePrincipals/${world.principal.objectId}/appRoleAssignments`;
    const resourceId = ledger.principalId;
    const principalId = world.principal.objectId;
    await admin("POST", path, { principalId, resourceId, appRoleId: READ_ROLE });
    expect(await claims()).not.toHaveProperty("roles");
    world.clock.milliseconds += 60_000;
    expect((await claims())["roles"]).toEqual(["Entries.Read"]);
  });
});
