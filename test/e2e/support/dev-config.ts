import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** A stack's configuration, its keys without the project's prefix. */
export type StackValues = Record<string, unknown>;

/** The dev stack's configuration as committed, changed by `change`. */
export function devConfig(change: StackValues = {}): StackValues {
  const { config } = parse(readFileSync("Pulumi.dev.yaml", "utf8")) as {
    config: Record<string, unknown>;
  };
  const values = Object.entries(config).map(([key, value]) => [key.split(":").at(-1), value]);
  return { ...(Object.fromEntries(values) as StackValues), ...change };
}

/** The dev stack's one managed resource tenant. */
export function contoso(): Record<string, unknown> {
  const [tenant] = devConfig()["resourceTenants"] as [Record<string, unknown>];
  return tenant;
}

/** A second managed resource tenant; its name sorts before `contoso`. */
export const adatum: Record<string, unknown> = {
  name: "adatum",
  tenantId: "1d8a5c70-94be-4f23-b6a7-0e3c2f915d03",
  subscriptionId: "7c20e9b4-5f61-4d38-a0c7-b91d64e2f803",
  location: "swedencentral",
  deployerClientId: "38e1f0a7-c6d2-49b5-8f04-5a7be2c3d903",
  targets: [{ name: "archive" }],
};
