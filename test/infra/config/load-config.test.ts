import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadConfig } from "../../../infra/config/load-config.ts";
import { stackConfig } from "../../../infra/config/stack-config.ts";
import { configure, DEFAULTS } from "../support/configure.ts";

const project = parse(readFileSync("Pulumi.yaml", "utf8")) as {
  config: Record<string, { type: string; description: string; default: unknown; value: unknown }>;
};
beforeEach(() =>
  pulumi.runtime.setMocks(
    { newResource: () => ({ id: "", state: {} }), call: () => ({}) },
    "cross-tenant-data",
  ),
);
afterEach(() => pulumi.runtime.setAllConfig({}));

describe("Pulumi.yaml", () => {
  it("declares each key of the schema with type, description and the default the tests use", () => {
    const { "pulumi:disable-default-providers": disabled, ...keys } = project.config;
    expect(disabled?.value).toEqual(["azure-native", "azuread"]);
    const defaults = Object.fromEntries(Object.entries(keys).map(([k, v]) => [k, v.default]));
    expect(defaults).toEqual(DEFAULTS);
    expect(Object.keys(keys)).toEqual(Object.keys(stackConfig({}, {}).entries));
    for (const key of Object.values(keys)) {
      expect(key).toMatchObject({ type: expect.any(String), description: expect.any(String) });
    }
  });

  it("is documented key by key in the README, with type and default", () => {
    const row = /^\| `(\w+)` +\| (object|string|array|boolean) +\| (\S+) +\|/gm;
    const documented = [...readFileSync("README.md", "utf8").matchAll(row)];
    const declared = Object.entries(project.config)
      .filter(([key]) => !key.includes(":"))
      .map(([key, { type, default: value }]) => {
        const empty = ["{}", "[]", '""'].includes(JSON.stringify(value));
        return [key, type, empty ? "none" : `\`${String(value)}\``];
      });
    expect(documented.map(([, ...cells]) => cells)).toEqual(declared);
  });
});

describe("loadConfig", () => {
  it("refuses unknown and misplaced keys and ambient sign-ins in one error, without a credential's value", () => {
    configure({
      homeTennant: {},
      "azure-native:tenantId": "x",
    });
    const env = {
      ARM_TENANT_ID: "t",
      ARM_CLIENT_SECRET: "canary",
      ARM_OIDC_TOKEN: "canary",
      ARM_USE_MSI: "false",
    };
    const allowed =
      "homeTenant, applicationClientId, resourceTenants, environment, metadataHost, protect, allowedClientAddresses";
    const leak = "would sign in to every tenant alike; unset it, ids are per tenant here";
    expect(() => loadConfig(env)).toThrow(
      new pulumi.RunError(
        [
          "the stack's configuration cannot be used:",
          `  * cross-tenant-data:homeTennant is "{}": is not known; allowed: ${allowed}`,
          `  * azure-native:tenantId is "(hidden)": has no effect, because each tenant has its own providers; remove it`,
          `  * ARM_TENANT_ID is "t": ${leak}`,
          `  * ARM_CLIENT_SECRET is "(hidden)": ${leak}`,
          `  * ARM_OIDC_TOKEN is "(hidden)": ${leak}`,
          "  * homeTenant is missing: set it, or applicationClientId for a customer's side alone",
          "  * resourceTenants is []: a stack without a home side needs a managed resource tenant",
        ].join("\n"),
      ),
    );
  });
});
