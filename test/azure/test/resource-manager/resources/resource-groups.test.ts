import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { follow } from "../management-client.ts";
import { webWorld, type WebWorld } from "../web/web-world.ts";

// Document: REST reference "Resource Groups".

let world: WebWorld;

beforeEach(async () => {
  world = await webWorld();
});

afterEach(() => world.appService.close());

describe("Resource Groups", () => {
  it("takes everything in it along when it is deleted", async () => {
    await world.owner("PUT", world.site, world.siteBody({}, world.userAssigned));
    const held = [...world.tenants.azure.state.servicePrincipals.values()];
    expect(held.filter((p) => p.servicePrincipalType === "ManagedIdentity")).toHaveLength(1);
    const reader = world.tenants.principal(world.tenants.home);
    world.tenants.grant(reader, "Reader", world.site);
    const accepted = await world.owner("DELETE", world.group);
    expect([accepted.status, accepted.headers.get("retry-after")]).toEqual([202, "1"]);
    expect((await follow(world.owner, accepted)).status).toBe(200);
    const { state } = world.tenants.azure;
    expect([...state.resources.keys()]).toEqual([]);
    const scopes = [...state.roleAssignments.values()].map(({ scope }) => scope);
    expect(scopes.filter((scope) => scope.startsWith(world.group))).toEqual([]);
    const left = [...state.servicePrincipals.values()];
    expect(left.filter((p) => p.servicePrincipalType === "ManagedIdentity")).toEqual([]);
    await expect(world.appService.siteHostNames(world.site)).rejects.toThrow("was never applied");
  });

  it("is there, Deleting, until its deletion was carried out, with what is in it", async () => {
    const accepted = await world.owner("DELETE", world.group);
    const { status, body } = await world.owner("GET", world.group);
    expect([status, body["properties"]]).toEqual([200, { provisioningState: "Deleting" }]);
    expect((await world.owner("DELETE", world.plan)).status).toBe(200);
    expect((await follow(world.owner, accepted)).status).toBe(200);
    expect((await world.owner("GET", world.group)).status).toBe(404);
  });

  it("answers HEAD with 204 or 404", async () => {
    expect((await world.owner("HEAD", world.group)).status).toBe(204);
    expect((await world.owner("HEAD", `${world.group}2`)).status).toBe(404);
  });

  it("refuses to move to another location", async () => {
    const { status, error } = await world.owner("PUT", world.group, { location: "northeurope" });
    expect([status, error]).toEqual([
      409,
      {
        code: "InvalidResourceGroupLocation",
        message:
          "Invalid resource group location 'northeurope'. The Resource group already exists in location 'westeurope'.",
      },
    ]);
  });

  it("refuses new resources while it is being deleted", async () => {
    const resource = world.tenants.azure.state.resources.get(world.group.toLowerCase());
    Object.assign(resource?.properties ?? {}, { provisioningState: "Deleting" });
    const { status, error } = await world.owner("PUT", `${world.plan}2`, {
      location: "westeurope",
    });
    expect([status, error]).toEqual([
      409,
      {
        code: "ResourceGroupBeingDeleted",
        message:
          "The resource group 'rg' is in deprovisioning state and cannot perform this operation.",
      },
    ]);
  });

  it("refuses new identities while it is being deleted and makes no service principal", async () => {
    const { resources, servicePrincipals } = world.tenants.azure.state;
    Object.assign(resources.get(world.group.toLowerCase())?.properties ?? {}, {
      provisioningState: "Deleting",
    });
    const before = servicePrincipals.size;
    const refused = [
      await world.owner("PUT", `${world.identity}2`, { location: "westeurope" }),
      await world.owner("PUT", world.site, world.siteBody({}, { type: "SystemAssigned" })),
    ];
    for (const { status, error } of refused)
      expect([status, error]).toMatchObject([
        409,
        {
          code: "ResourceGroupBeingDeleted",
          message: expect.stringContaining("'rg' is in deprovisioning state") as string,
        },
      ]);
    expect(servicePrincipals.size).toBe(before);
  });
});
