import { beforeEach, describe, expect, it } from "vitest";
import { issueManagedIdentityToken } from "../../src/entra/issue-token.ts";
import { createMachineEndpoint } from "../../src/instance-metadata/machine-endpoint.ts";
import { createMachineWorld, type MachineWorld } from "./machine-world.ts";

// Document: "Azure Instance Metadata Service for virtual machines".

let world: MachineWorld;
beforeEach(async () => {
  world = await createMachineWorld();
  await world.owner("PUT", world.machine("vm"), {
    location: "westeurope",
    tags: { env: "test", team: "a" },
    properties: { hardwareProfile: { vmSize: "Standard_B1s" } },
  });
});

async function ask(path: string, headers: Record<string, string> = { metadata: "true" }) {
  const endpoint = createMachineEndpoint(
    world.azure,
    issueManagedIdentityToken,
    world.machine("vm"),
  );
  const answer = await endpoint.request(path, { headers });
  return { status: answer.status, text: await answer.text() };
}

describe("Instance metadata", () => {
  it.each([{}, { metadata: "true", "x-forwarded-for": "203.0.113.1" }])(
    "refuses %o as it refuses a token",
    async (headers) => {
      expect((await ask("/metadata/versions", headers)).status).toBe(400);
      expect((await ask(COMPUTE, headers)).status).toBe(400);
    },
  );

  it("refuses a request without api-version, and names the newest", async () => {
    const { status, text } = await ask("/metadata/instance/compute");
    expect([status, JSON.parse(text)]).toEqual([
      400,
      {
        error:
          "Bad request. api-version was not specified in the request. For more information refer to aka.ms/azureimds",
        "newest-versions": ["2025-04-07", "2024-07-17", "2024-03-15"],
      },
    ]);
    expect((await ask(COMPUTE.replace("2021-02-01", "2021-02-02"))).status).toBe(400);
  });

  it("refuses a field that there is not", async () => {
    expect((await ask(COMPUTE.replace("?", "/nothing?"))).status).toBe(404);
  });

  it("lists the api-versions to who names none", async () => {
    const { status, text } = await ask("/metadata/versions");
    expect([status, JSON.parse(text)]).toEqual([
      200,
      { apiVersions: expect.arrayContaining(["2017-03-01", "2021-02-01", "2025-04-07"]) },
    ]);
  });

  it("tells a machine what Resource Manager knows of it, as a whole and by field", async () => {
    const { body } = await world.owner("GET", world.machine("vm"));
    const { vmId } = body["properties"] as { vmId: string };
    expect(JSON.parse((await ask(COMPUTE)).text)).toEqual({
      location: "westeurope",
      name: "vm",
      provider: "Microsoft.Compute",
      resourceGroupName: "rg",
      resourceId: world.machine("vm"),
      subscriptionId: world.tenants.home.subscriptionId,
      tags: "env:test;team:a",
      tagsList: [
        { name: "env", value: "test" },
        { name: "team", value: "a" },
      ],
      vmId,
      vmSize: "Standard_B1s",
    });
    expect(await ask(COMPUTE.replace("?", "/vmId?format=text&"))).toEqual({
      status: 200,
      text: vmId,
    });
  });
});

const COMPUTE = "/metadata/instance/compute?api-version=2021-02-01";
