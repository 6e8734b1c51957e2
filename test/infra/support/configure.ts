import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";

const project = parse(readFileSync("Pulumi.yaml", "utf8")) as {
  config: Record<string, { default: unknown }>;
};

/** Pulumi.yaml's defaults, which the CLI adds. */
const defaults = Object.fromEntries(
  Object.entries(project.config)
    .filter(([key]) => !key.includes(":"))
    .map(([key, declared]) => [key, declared.default]),
);

/** The project's keys, as an error lists them. */
export const allowedKeys = Object.keys(defaults).join(", ");

/** Sets the stack's configuration over the defaults; a key without a namespace is the project's. */
export function configure(config: Record<string, unknown>): void {
  const entries = Object.entries({ ...defaults, ...config }).map(([key, value]) => [
    key.includes(":") ? key : `cross-tenant-data:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  pulumi.runtime.setAllConfig(Object.fromEntries(entries));
}
