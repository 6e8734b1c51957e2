import { beforeEach, describe, expect, it } from "vitest";
import { HOME, RESOURCE } from "../../src/local-azure/seed/default-seed.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import {
  clientWith,
  deployer,
  deployerClient,
  type GraphClient,
  refusal,
  valuesOf,
} from "./graph-client.ts";

let world: TwoTenants;
let home: GraphClient;
beforeEach(async () => {
  world = await twoTenants();
  home = clientWith(world, 0, "Directory.Read.All");
});

describe("Get directory objects from a list of ids (graph/api/directoryobject-getbyids)", () => {
  const path = "/directoryObjects/getByIds";

  it.each([
    ["ids", {}],
    ["ids", { ids: "one" }],
    ["types", { ids: [], types: "application" }],
  ])("refuses %s that are no list: %j", async (property, body) => {
    expect(await refusal(home("POST", path, body))).toEqual({
      status: 400,
      code: "Request_BadRequest",
      message: `Invalid value specified for property '${property}' of resource 'DirectoryObject'.`,
    });
  });

  it("refuses more than 1000 ids", async () => {
    const ids = Array.from({ length: 1001 }, (_, index) => String(index));
    expect((await home("POST", path, { ids })).status).toBe(400);
  });

  it("leaves out what is nothing, another tenant's or of another type", async () => {
    const { application, identity, principal } = world;
    const ids = [application.objectId, identity.objectId.toUpperCase(), principal.objectId, HOME];
    const ask = async (types?: string[]) =>
      (await valuesOf(home("POST", path, { ids, types }))).map(({ id }) => id);
    expect(await ask()).toEqual([application.objectId, identity.objectId]);
    // As the Azure CLI asks for the principals of role assignments.
    const types = ["user", "group", "servicePrincipal", "directoryObjectPartnerReference"];
    expect(await ask(types)).toEqual([identity.objectId]);
  });
});

describe("Get directory object (graph/api/directoryobject-get)", () => {
  it("refuses another tenant's object as if it did not exist", async () => {
    const { objectId } = world.principal;
    expect(await refusal(home("GET", `/directoryObjects/${objectId}`))).toEqual({
      status: 404,
      code: "Request_ResourceNotFound",
      message: `Resource '${objectId}' does not exist or one of its queried reference-property objects are not present.`,
    });
  });

  it("shows its type", async () => {
    const { objectId } = world.identity;
    expect((await home("GET", `/directoryObjects/${objectId}`)).body).toMatchObject({
      "@odata.type": "#microsoft.graph.servicePrincipal",
      id: objectId,
    });
  });
});

describe("Organization, and the signed-in user (graph/api/organization-list, graph/api/user-get)", () => {
  it("refuses another tenant", async () => {
    expect((await home("GET", `/organization/${RESOURCE}`)).status).toBe(404);
  });

  it("shows the caller's own tenant", async () => {
    const name = `${HOME.replaceAll("-", "")}.onmicrosoft.com`;
    expect(await valuesOf(home("GET", "/organization"))).toMatchObject([
      { id: HOME, verifiedDomains: [{ name, isInitial: true }] },
    ]);
    expect((await home("GET", `/organization/${HOME}`)).body).toMatchObject({ tenantType: "AAD" });
  });

  it.each(["/me", "/me/ownedObjects"])("refuses %s to an application", async (path) => {
    expect(await refusal(home("GET", path))).toEqual({
      status: 400,
      code: "BadRequest",
      message: "/me request is only valid with delegated authentication flow.",
    });
  });
});

describe("Domains (graph/api/domain-list, graph/api/domain-get)", () => {
  it("refuses another tenant's domain as if it did not exist", async () => {
    const id = domain(RESOURCE);
    expect(await refusal(home("GET", `/domains/${id}`))).toEqual({
      status: 404,
      code: "Request_ResourceNotFound",
      message: `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    });
  });

  it("refuses whoever may read applications alone", async () => {
    const owned = clientWith(world, 0, "Application.ReadWrite.OwnedBy");
    expect(await refusal(owned("GET", "/domains"))).toMatchObject({
      status: 403,
      code: "Authorization_RequestDenied",
      message: "Insufficient privileges to complete the operation.",
    });
  });

  it("shows the tenant's initial domain", async () => {
    const shown = { id: domain(HOME), authenticationType: "Managed", isInitial: true };
    expect(await valuesOf(home("GET", "/domains"))).toMatchObject([shown]);
    expect((await home("GET", `/domains/${domain(HOME)}`)).body).toMatchObject(shown);
  });
});

describe("List appRoleAssignments (graph/api/serviceprincipal-list-approleassignments)", () => {
  it("shows the permissions that a service principal was granted, with their ids", async () => {
    const { objectId } = deployer(world, 0);
    const path = `/servicePrincipals/${objectId}/appRoleAssignments`;
    expect(await valuesOf(home("GET", path))).toMatchObject([
      {
        appRoleId: "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
        principalId: objectId,
        resourceDisplayName: "Microsoft Graph",
      },
    ]);
  });
});

describe("Owners of service principals (graph/api/serviceprincipal-list-owners)", () => {
  it("refuses to change another's service principal under OwnedBy", async () => {
    const path = `/servicePrincipals/${world.identity.objectId}`;
    const owned = clientWith(world, 0, "Application.ReadWrite.OwnedBy");
    for (const [method, to] of [
      ["PATCH", path],
      ["DELETE", path],
      ["DELETE", `${path}/owners/${HOME}/$ref`],
    ] as const) {
      expect(await refusal(owned(method, to, {}))).toMatchObject({
        status: 403,
        code: "Authorization_RequestDenied",
      });
    }
  });

  it("refuses an owner twice, and to remove one that is none", async () => {
    const all = clientWith(world, 0, "Application.ReadWrite.All", "Directory.Read.All");
    const { objectId } = world.identity;
    const owner = deployer(world, 0).objectId;
    const path = `/servicePrincipals/${objectId}/owners`;
    const reference = { "@odata.id": `https://graph.localhost/v1.0/servicePrincipals/${owner}` };
    expect((await all("POST", `${path}/$ref`, reference)).status).toBe(204);
    expect(await refusal(all("POST", `${path}/$ref`, reference))).toMatchObject({
      status: 400,
      message:
        "One or more added object references already exist for the following modified properties: 'owners'.",
    });
    expect(await valuesOf(all("GET", path))).toMatchObject([{ id: owner }]);
    expect((await all("DELETE", `${path}/${owner}/$ref`)).status).toBe(204);
    expect((await all("DELETE", `${path}/${owner}/$ref`)).status).toBe(404);
  });

  it("lets the creator change and delete what it created under OwnedBy", async () => {
    const owned = deployerClient(world, 0);
    world.application.owners = [deployer(world, 0).objectId];
    const { appId } = world.application;
    const made = await clientWith(world, 0, "Application.ReadWrite.OwnedBy")(
      "POST",
      "/servicePrincipals",
      { appId },
    );
    world.application.owners = [];
    const path = `/servicePrincipals/${String(made.body["id"])}`;
    expect(
      (await clientWith(world, 0, "Application.ReadWrite.OwnedBy")("PATCH", path, { notes: "n" }))
        .status,
    ).toBe(204);
    expect((await owned("GET", path)).status).toBe(200);
  });
});

/** The domain that a tenant has from the first. */
function domain(tenantId: string): string {
  return `${tenantId.replaceAll("-", "")}.onmicrosoft.com`;
}
