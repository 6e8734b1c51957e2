import * as pulumi from "@pulumi/pulumi";

/** Pulumi.yaml's defaults, which the CLI adds; a test compares the two. */
export const DEFAULTS: Readonly<Record<string, unknown>> = {
  homeTenant: {},
  applicationClientId: "",
  resourceTenants: [],
  environment: "public",
  metadataHost: "",
  protect: true,
  allowedClientAddresses: [],
  deleteTargets: [],
};

/** Sets the stack's configuration over the defaults; a key without a namespace is the project's. */
export function configure(config: Record<string, unknown>): void {
  const entries = Object.entries({ ...DEFAULTS, ...config }).map(([key, value]) => [
    key.includes(":") ? key : `cross-tenant-data:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  pulumi.runtime.setAllConfig(Object.fromEntries(entries));
}
