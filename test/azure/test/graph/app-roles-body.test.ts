import { beforeEach, describe, expect, it } from "vitest";
import { twoTenants } from "../tenants/two-tenants.ts";
import { refusal } from "./graph-client.ts";
import { appRole, type LedgerApi, READ_ROLE, registerLedger, WRITE_ROLE } from "./ledger-api.ts";

// Document: appRole resource type. Observed are code and text for an enabled role; others are unverified.

const OTHER = "44444444-4444-4444-8444-444444444444";

let ledger: LedgerApi;
beforeEach(async () => {
  ledger = await registerLedger(await twoTenants(), 1);
});

async function held(): Promise<Record<string, unknown>[]> {
  const { body } = await ledger.admin("GET", `/applications/${ledger.applicationId}`);
  return body["appRoles"] as Record<string, unknown>[];
}

function write(...appRoles: object[]) {
  return ledger.admin("PATCH", `/applications/${ledger.applicationId}`, { appRoles });
}

describe("An application's roles", () => {
  it.each<[string, Record<string, unknown>]>([
    ["an id that is no GUID", { id: "reader" }],
    ["a value with a space", { value: "may read" }],
    ["a value with a dot at the start", { value: ".Read" }],
    ["a value of 121 characters", { value: "a".repeat(121) }],
    ["an empty value", { value: "" }],
    ["no member type", { allowedMemberTypes: [] }],
    ["an unknown member type", { allowedMemberTypes: ["Group"] }],
    ["no description", { description: "" }],
    ["no display name", { displayName: null }],
    ["a state that is no boolean", { isEnabled: "yes" }],
    ["another origin", { origin: "ServicePrincipal" }],
  ])("refuses %s", async (_, changes) => {
    const before = await held();
    const role = appRole(OTHER, "Entries.Other", changes);
    expect(await refusal(write(...before, role))).toEqual({
      status: 400,
      code: "Request_BadRequest",
      message: "Invalid value specified for property 'appRoles' of resource 'Application'.",
    });
    expect(await held()).toEqual(before);
  });

  it("refuses a property that does not exist", async () => {
    const role = appRole(OTHER, "Entries.Other", { lang: null });
    expect(await refusal(write(...(await held()), role))).toMatchObject({
      status: 400,
      message: "Invalid property 'lang'.",
    });
  });

  it.each([
    ["id", appRole(READ_ROLE, "Entries.Other")],
    ["value", appRole(OTHER, "Entries.Read")],
  ])("refuses an %s twice", async (_, role) => {
    expect(await refusal(write(...(await held()), role))).toMatchObject({
      status: 400,
      message: "Request contains a property with duplicate values.",
    });
  });

  it("refuses to take one away that is enabled, and takes it away once it is disabled", async () => {
    const [first = {}, ...others] = await held();
    expect(await refusal(write(...others))).toEqual({
      status: 400,
      code: "CannotDeleteOrUpdateEnabledEntitlement",
      message: "Permission (scope or role) cannot be deleted or updated unless disabled first.",
    });
    expect((await write({ ...first, isEnabled: false }, ...others)).status).toBe(204);
    expect((await write(...others)).status).toBe(204);
    expect(await held()).toEqual(others);
  });

  it("refuses roles of a service principal's own with 501, and takes those of its application for it", async () => {
    const path = `/servicePrincipals/${ledger.principalId}`;
    const appRoles = await held();
    const more = [...appRoles, appRole(OTHER, "Entries.Other")];
    expect(await refusal(ledger.admin("PATCH", path, { appRoles: more }))).toMatchObject({
      status: 501,
      message: "appRoles of a service principal's own is not emulated by the local Azure",
    });
    expect((await ledger.admin("PATCH", path, { appRoles, notes: "n" })).status).toBe(204);
  });

  it("are enabled and without a value unless told otherwise, and may be sent back as they were answered", async () => {
    const { isEnabled: _, value: __, ...role } = appRole(OTHER, null);
    expect((await write(...(await held()), role)).status).toBe(204);
    const roles = await held();
    expect(roles.at(-1)).toEqual({ ...role, isEnabled: true, value: null, origin: "Application" });
    expect(roles.map(({ id }) => id)).toContain(WRITE_ROLE);
    expect((await write(...roles)).status).toBe(204);
  });
});
