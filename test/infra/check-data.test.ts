import * as pulumi from "@pulumi/pulumi";
import { afterEach, describe, expect, it } from "vitest";
import { checkData } from "../../infra/check-data.ts";
import { loadConfig } from "../../infra/config/load-config.ts";
import { configure } from "./support/configure.ts";
import { contoso, homeTenant } from "./support/tenants.ts";

afterEach(() => pulumi.runtime.setAllConfig({}));

const OTHER = "d7a0b3c4-11e2-4f95-a6b8-0c9d8e7f6a03";

type Made = readonly (readonly [type: string, name: string, outputs: object])[];

const application: Made = [
  ["azuread:index/application:Application", "application", {}],
  ["pulumi:providers:azuread", "home-entra", { tenantId: homeTenant.tenantId }],
  ["pulumi:providers:azure-native", "home-azure", { subscriptionId: homeTenant.subscriptionId }],
];

function invoices(component: object | undefined): Made {
  const type = "cross-tenant-data:index:BlobTarget";
  const account = { name: "invoices1a2b", location: "North Europe" };
  return [
    ["azure-native:storage:StorageAccount", "invoices", account],
    ...(component === undefined ? [] : [[type, "invoices", component] as const]),
  ];
}

const { tenantId, subscriptionId } = contoso;
const placed = { tenant: "contoso", tenantId, subscriptionId, protect: true };
const NAME = 'target "invoices" with storage account "invoices1a2b"';

/** What is said of a configuration when the stack holds `made`. */
async function problemsOf(made: Made, config: Record<string, unknown>): Promise<string[]> {
  const asked: unknown[] = [];
  const outputs = Object.fromEntries(
    made.map(([type, name, values]) => [
      `urn:pulumi:dev::cross-tenant-data::${type}::${name}`,
      { type, outputs: values },
    ]),
  );
  const call = ({ token, inputs }: pulumi.runtime.MockCallArgs) => {
    asked.push([token, inputs]);
    return { outputs };
  };
  const mocks = { newResource: noResource, call };
  await pulumi.runtime.setMocks(mocks, "cross-tenant-data", "dev", true, "acme");
  configure(config);
  const said = await checkData(loadConfig({})).then(
    () => "",
    (error: unknown) => {
      if (error instanceof pulumi.RunError) return error.message;
      throw error;
    },
  );
  const stackName = "acme/cross-tenant-data/dev";
  expect(asked).toEqual([["pulumi:pulumi:readStackResourceOutputs", { stackName }]]);
  const [title, ...lines] = said.split("\n  * ");
  if (lines.length > 0) {
    expect(title).toBe("the configuration does not fit what this stack has made:");
  }
  return lines;
}

function noResource(): never {
  throw new Error("it must come before the first resource");
}

describe("checkData", () => {
  it("takes a stack that holds nothing, and one that holds what is configured", async () => {
    const config = { homeTenant, resourceTenants: [contoso] };
    expect(await problemsOf([], config)).toEqual([]);
    expect(await problemsOf([...application, ...invoices(placed)], config)).toEqual([]);
    expect(await problemsOf(invoices(undefined), config)).toEqual([]);
  });

  it.each([
    ["tenant", { name: "fabrikam" }, '"contoso"', '"fabrikam"'],
    ["tenantId", { tenantId: OTHER }, `"${tenantId}"`, `"${OTHER}"`],
    ["subscriptionId", { subscriptionId: OTHER }, `"${subscriptionId}"`, `"${OTHER}"`],
    ["location", { location: "westeurope" }, '"North Europe"', '"westeurope"'],
  ])(
    "refuses a target whose %s is another, even one that may be deleted",
    async (key, change, was, is) => {
      const resourceTenants = [{ ...contoso, ...change }];
      const config = { homeTenant, resourceTenants, deleteTargets: ["invoices"] };
      expect(await problemsOf(invoices(placed), config)).toEqual([
        `${NAME}: ${key} was ${was}, is ${is}; an account does not move: put it back, or take the target out (deleteTargets) before you add it again`,
      ]);
    },
  );

  it("refuses a target that is gone, renamed or external, until its name is in deleteTargets", async () => {
    const blobEndpoint = "https://fab.blob.core.windows.net";
    const external = {
      name: "contoso",
      tenantId,
      targets: [{ name: "invoices", blobEndpoint, container: "invoices" }],
    };
    const unprotected = invoices({ ...placed, protect: false });
    for (const resourceTenants of [
      [],
      [{ ...contoso, targets: [{ name: "bills" }] }],
      [external],
    ]) {
      const config = { homeTenant, resourceTenants };
      for (const made of [unprotected, invoices(placed), invoices(undefined)]) {
        expect(await problemsOf(made, config)).toEqual([
          `${NAME} is configured no more, and would be deleted with the data in it: put it back, or name "invoices" in deleteTargets`,
        ]);
      }
      const named = { ...config, deleteTargets: ["invoices"] };
      expect(await problemsOf(unprotected, named)).toEqual([]);
    }
  });

  it("refuses to take out a target that is still protected", async () => {
    const config = { homeTenant, deleteTargets: ["invoices"] };
    expect(await problemsOf(invoices(placed), config)).toEqual([
      `${NAME} is protected: put it back for one update, which lifts that because deleteTargets names it, and take it out then`,
    ]);
  });

  it("refuses another home tenant or none while there is an application", async () => {
    const way =
      "resource tenants have let in the application that is there, and it would be lost: put it back, or make another stack; `pulumi destroy` ends this one";
    const moved = { ...homeTenant, tenantId: OTHER };
    expect(await problemsOf(application, { homeTenant: moved })).toEqual([
      `homeTenant: tenantId was "${homeTenant.tenantId}", is "${OTHER}"; ${way}`,
    ]);
    const customer = { applicationClientId: OTHER, resourceTenants: [contoso] };
    expect(await problemsOf(application, customer)).toEqual([
      `homeTenant: subscriptionId was "${homeTenant.subscriptionId}", is not set, tenantId was "${homeTenant.tenantId}", is not set; ${way}`,
    ]);
    expect(await problemsOf(application.slice(1), { homeTenant: moved })).toEqual([]);
  });
});
