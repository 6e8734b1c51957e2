import { describe, expect, it } from "vitest";
import { requireAdmitted } from "../../../src/storage/rules/account.ts";
import type { Resource } from "../../../src/world/resource-records.ts";

// Document: "Configure Azure Storage firewalls and virtual networks" (azure/storage/common/storage-network-security).

const refused = expect.objectContaining({
  status: 403,
  code: "AuthorizationFailure",
  message: "This request is not authorized to perform this operation.",
});

function account(properties: Record<string, unknown>): Resource {
  const names = { id: "/a", name: "a", type: "Microsoft.Storage/storageAccounts" };
  return { ...names, tenantId: "t", subscriptionId: "s", properties };
}

function closedBut(...values: string[]): Resource {
  const ipRules = values.map((value) => ({ value, action: "Allow" }));
  return account({ networkAcls: { defaultAction: "Deny", ipRules } });
}

describe("The network rules of a storage account", () => {
  it.each([
    ["an address that no rule names", closedBut("203.0.113.1", "198.51.100.0/24")],
    ["an address just outside a range", closedBut("203.0.113.4/30")],
    ["every address without rules", closedBut()],
    ["rules that name no IPv4 address", closedBut("::1", "203.0.113.9/33", "here")],
    [
      "another kind of rule",
      account({ networkAcls: { defaultAction: "Deny", virtualNetworkRules: [{ id: "v" }] } }),
    ],
    [
      "an admitted address without public network access",
      account({
        publicNetworkAccess: "Disabled",
        networkAcls: { defaultAction: "Deny", ipRules: [{ value: "203.0.113.9" }] },
      }),
    ],
    ["an account within a perimeter", account({ publicNetworkAccess: "SecuredByPerimeter" })],
  ])("refuses %s", (_, resource) => {
    expect(() => requireAdmitted(resource, "203.0.113.9")).toThrow(refused);
  });

  it.each([
    ["without rules, by default", account({})],
    [
      "that allows by default, whatever it lists",
      account({ networkAcls: { defaultAction: "Allow", ipRules: [] } }),
    ],
    ["that names the address", closedBut("203.0.113.9")],
    ["that names a range with it", closedBut("198.51.100.0/24", "203.0.113.8/31")],
  ])("admits an address to an account %s", (_, resource) => {
    expect(() => requireAdmitted(resource, "203.0.113.9")).not.toThrow();
  });
});
