import { beforeEach, describe, expect, it } from "vitest";
import { DELAY } from "../tenants/delayed-tenants.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { clientWith, refusal, valuesOf } from "./graph-client.ts";
import {
  LEDGER_URI,
  type LedgerApi,
  PEOPLE_ROLE,
  READ_ROLE,
  registerLedger,
  WRITE_ROLE,
} from "./ledger-api.ts";

// Documents: "Grant an appRoleAssignment to a service principal", "Grant an appRoleAssignment for a service principal", their
// lists and deletions. Texts observed by users of Graph; which request meets which is partly unverified.

let world: TwoTenants;
let ledger: LedgerApi;
let clientId: string;
beforeEach(async () => {
  world = await twoTenants();
  ledger = await registerLedger(world, 1);
  clientId = world.principal.objectId;
});

const assignment = (changes: Record<string, string> = {}) => ({
  principalId: clientId,
  resourceId: ledger.principalId,
  appRoleId: READ_ROLE,
  ...changes,
});
const ofClient = () => `/servicePrincipals/${clientId}/appRoleAssignments`;
const ofLedger = () => `/servicePrincipals(appId='${ledger.appId}')/appRoleAssignedTo`;
const DEFAULT_ROLE = "00000000-0000-0000-0000-000000000000";
const NOWHERE = "99999999-9999-4999-8999-999999999999";

describe("App role assignments", () => {
  it.each([
    ["AppRoleAssignment.ReadWrite.All"],
    ["Application.ReadWrite.All"],
    ["Application.ReadWrite.OwnedBy", "AppRoleAssignment.ReadWrite.All"],
  ])("refuses to make and to delete one with %s", async (...permissions) => {
    const { body: made } = await ledger.admin("POST", ofClient(), assignment());
    const weak = clientWith(world, 1, ...permissions);
    const denied = {
      status: 403,
      code: "Authorization_RequestDenied",
      message: "Insufficient privileges to complete the operation.",
    };
    expect(await refusal(weak("POST", ofClient(), assignment()))).toEqual(denied);
    expect(await refusal(weak("DELETE", `${ofLedger()}/${String(made["id"])}`))).toEqual(denied);
  });

  it.each([
    ["a role that the API does not have", () => ({ appRoleId: NOWHERE })],
    ["a role for people", () => ({ appRoleId: PEOPLE_ROLE })],
    ["the default role, as the API has others", () => ({ appRoleId: DEFAULT_ROLE })],
  ])("refuses %s", async (_, changes) => {
    expect(await refusal(ledger.admin("POST", ofClient(), assignment(changes())))).toEqual({
      status: 400,
      code: "Request_BadRequest",
      message: "Permission being assigned was not found on application",
    });
  });

  it("refuses one that there is", async () => {
    expect((await ledger.admin("POST", ofClient(), assignment())).status).toBe(201);
    expect(await refusal(ledger.admin("POST", ofLedger(), assignment()))).toEqual({
      status: 400,
      code: "Request_BadRequest",
      message: "Permission being assigned already exists on the object",
    });
  });

  it("refuses one that there is and others do not see yet", async () => {
    const delayed = { ...world, azure: { ...world.azure, ...DELAY } };
    const permissions = ["Application.Read.All", "AppRoleAssignment.ReadWrite.All"];
    const admin = clientWith(delayed, 1, ...permissions);
    expect((await admin("POST", ofClient(), assignment())).status).toBe(201);
    expect(await valuesOf(admin("GET", ofClient()))).toEqual([]);
    expect(await refusal(admin("POST", ofLedger(), assignment()))).toEqual({
      status: 400,
      code: "Request_BadRequest",
      message: "Permission being assigned already exists on the object",
    });
  });

  it("refuses a body that names another service principal than the path", async () => {
    for (const [path, changes] of [
      [ofClient(), { principalId: ledger.principalId }],
      [ofLedger(), { resourceId: clientId }],
    ] as const)
      expect(await refusal(ledger.admin("POST", path, assignment(changes)))).toEqual({
        status: 400,
        code: "Request_BadRequest",
        message: "Not a valid reference update.",
      });
  });

  it("refuses a resource and a principal that are not there, or another tenant's", async () => {
    const there = clientWith(world, 0, "Application.ReadWrite.All");
    const storage = { appId: "e406a681-f3d4-42a8-90b6-c2b029497af1" };
    const { body: foreign } = await there("POST", "/servicePrincipals", storage);
    for (const id of [NOWHERE, world.identity.objectId, String(foreign["id"])])
      for (const [path, property] of [
        [ofClient(), "resourceId"],
        [ofLedger(), "principalId"],
      ] as const)
        expect(
          await refusal(ledger.admin("POST", path, assignment({ [property]: id }))),
        ).toMatchObject({ status: 404, code: "Request_ResourceNotFound" });
  });

  it("refuses a body without a role", async () => {
    const { appRoleId: _, ...body } = assignment();
    expect(await refusal(ledger.admin("POST", ofClient(), body))).toMatchObject({
      status: 400,
      message: "A value is required for property 'appRoleId' of resource 'AppRoleAssignment'.",
    });
  });

  it("refuses roles of Microsoft's own APIs with 501, and to take one of Graph's away", async () => {
    const storage = { appId: "e406a681-f3d4-42a8-90b6-c2b029497af1" };
    const { body: made } = await ledger.admin("POST", "/servicePrincipals", storage);
    Object.assign(world.principal, { graphPermissions: ["Application.Read.All"] });
    const [held] = await valuesOf(ledger.admin("GET", ofClient()));
    for (const resourceId of [String(made["id"]), String(held?.["resourceId"])])
      expect(
        await refusal(ledger.admin("POST", ofClient(), assignment({ resourceId }))),
      ).toMatchObject({ status: 501, message: expect.stringContaining("Microsoft's own APIs") });
    const path = `${ofClient()}/${String(held?.["id"])}`;
    expect(await refusal(ledger.admin("DELETE", path))).toMatchObject({ status: 501 });
  });

  it("refuses to delete one that is not between the two", async () => {
    const { body: made } = await ledger.admin("POST", ofClient(), assignment());
    const others = `/servicePrincipals/${ledger.principalId}/appRoleAssignments`;
    for (const path of [`${ofClient()}/${NOWHERE}`, `${others}/${String(made["id"])}`])
      expect(await refusal(ledger.admin("DELETE", path))).toEqual({
        status: 400,
        code: "Request_BadRequest",
        message: "EntitlementGrant being updated or deleted is not found.",
      });
    expect(await valuesOf(ledger.admin("GET", ofLedger()))).toHaveLength(1);
  });

  it("shows one from both sides until it is deleted from either", async () => {
    const { status, body: made } = await ledger.admin("POST", ofLedger(), assignment());
    expect([status, made]).toMatchObject([
      201,
      {
        appRoleId: READ_ROLE,
        createdDateTime: "2026-01-15T12:00:00Z",
        principalDisplayName: world.principal.displayName,
        principalId: clientId,
        principalType: "ServicePrincipal",
        resourceDisplayName: "ledger",
        resourceId: ledger.principalId,
      },
    ]);
    const { "@odata.context": context, ...shown } = made;
    expect(context).toContain(
      `servicePrincipals('${ledger.principalId}')/appRoleAssignedTo/$entity`,
    );
    for (const path of [ofClient(), ofLedger()])
      expect(await valuesOf(ledger.admin("GET", path))).toEqual([shown]);
    const another = `/servicePrincipals/${ledger.principalId}/appRoleAssignments`;
    expect(await valuesOf(ledger.admin("GET", another))).toEqual([]);
    const id = String(made["id"]);
    expect((await ledger.admin("DELETE", `${ofClient()}/${id}`)).status).toBe(204);
    expect(await valuesOf(ledger.admin("GET", ofLedger()))).toEqual([]);
  });

  it("go with a service principal, and come back with it", async () => {
    await ledger.admin("POST", ofClient(), assignment());
    await ledger.admin("POST", ofClient(), assignment({ appRoleId: WRITE_ROLE }));
    await ledger.admin("DELETE", `/servicePrincipals/${ledger.principalId}`);
    expect(await valuesOf(ledger.admin("GET", ofClient()))).toEqual([]);
    await ledger.admin("POST", `/directory/deletedItems/${ledger.principalId}/restore`);
    expect(await valuesOf(ledger.admin("GET", ofClient()))).toHaveLength(2);
  });

  it("take the default role of an API that has none", async () => {
    const { body: bare } = await ledger.admin("POST", "/applications", { displayName: "bare" });
    const { body: api } = await ledger.admin("POST", "/servicePrincipals", {
      appId: bare["appId"],
    });
    const body = assignment({ resourceId: String(api["id"]), appRoleId: DEFAULT_ROLE });
    expect((await ledger.admin("POST", ofClient(), body)).status).toBe(201);
  });

  it("know the roles of another tenant's application as they were when its service principal was made", async () => {
    const there = clientWith(world, 0, "Application.ReadWrite.All");
    const { body: made } = await there("POST", "/servicePrincipals", { appId: ledger.appId });
    expect(made["appRoles"]).toHaveLength(3);
    expect(made["servicePrincipalNames"]).toContain(LEDGER_URI);
    const off = { allowedMemberTypes: ["User"], displayName: "off", description: "off" };
    const path = `/applications/${ledger.applicationId}`;
    const { body: application } = await ledger.admin("GET", path);
    const appRoles = [...(application["appRoles"] as object[]), { ...off, id: NOWHERE }];
    expect((await ledger.admin("PATCH", path, { appRoles })).status).toBe(204);
    const own = await ledger.admin("GET", `/servicePrincipals/${ledger.principalId}`);
    expect(own.body["appRoles"]).toHaveLength(4);
    const foreign = await there("GET", `/servicePrincipals/${String(made["id"])}`);
    expect(foreign.body["appRoles"]).toHaveLength(3);
  });
});
