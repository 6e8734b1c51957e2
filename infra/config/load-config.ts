import * as pulumi from "@pulumi/pulumi";
import * as v from "valibot";
import { stackConfig, type StackConfig } from "./stack-config.ts";

// Each is a default of every provider of either plugin, so with two tenants it would leak into both.
// https://www.pulumi.com/registry/packages/azure-native/installation-configuration/
// https://www.pulumi.com/registry/packages/azuread/installation-configuration/
const AMBIENT_SIGN_INS = [
  "ARM_TENANT_ID",
  "ARM_CLIENT_ID",
  "ARM_SUBSCRIPTION_ID",
  "ARM_CLIENT_ID_FILE_PATH",
  "ARM_CLIENT_SECRET",
  "ARM_CLIENT_SECRET_FILE_PATH",
  "ARM_CLIENT_CERTIFICATE",
  "ARM_CLIENT_CERTIFICATE_PATH",
  "ARM_OIDC_TOKEN",
  "ARM_OIDC_TOKEN_FILE_PATH",
  "ARM_USE_AKS_WORKLOAD_IDENTITY",
  "ARM_USE_DEFAULT_AZURE_CREDENTIAL",
  "ARM_USE_MSI",
];

/**
 * Reads the stack's configuration; nothing else reads it. Endpoints in a custom cloud can be judged only when its
 * storage suffix is known.
 *
 * @throws {pulumi.RunError} with every problem at once.
 */
export function loadConfig(env = process.env, customStorageSuffix?: string): StackConfig {
  const config = new pulumi.Config();
  const home = config.requireObject("homeTenant");
  const given = {
    homeTenant: v.is(v.strictObject({}), home) ? undefined : home,
    applicationClientId: config.require("applicationClientId") || undefined,
    resourceTenants: config.requireObject("resourceTenants"),
    environment: config.require("environment"),
    metadataHost: config.require("metadataHost") || env["ARM_METADATA_HOSTNAME"] || undefined,
    protect: config.requireBoolean("protect"),
    allowedClientAddresses: config.requireObject("allowedClientAddresses"),
  };
  const schema = stackConfig(given, env, customStorageSuffix);
  const { issues = [], success, output } = v.safeParse(schema, given);
  const problems = [
    ...misplacedKeys(Object.keys(given)),
    ...ambientSignIns(env),
    ...issues.map((issue) => problem(keyOf(issue), issue.input, issue.message)),
  ];
  if (success && problems.length === 0) return output;
  const lines = problems.map((problem) => `\n  * ${problem}`).join("");
  throw new pulumi.RunError(`the stack's configuration cannot be used:${lines}`);
}

function* misplacedKeys(known: readonly string[]): Generator<string> {
  for (const [key, value] of Object.entries(pulumi.runtime.allConfig())) {
    const [namespace = "", name = ""] = key.split(":");
    if (namespace === pulumi.getProject() && !known.includes(name)) {
      yield problem(key, value, `is not known; allowed: ${known.join(", ")}`);
    }
    if (namespace === "azure-native" || namespace === "azuread") {
      const advice = "has no effect, because each tenant has its own providers; remove it";
      yield problem(key, "(hidden)", advice);
    }
  }
}

function ambientSignIns(env: NodeJS.ProcessEnv): string[] {
  const advice = "would sign in to every tenant alike; unset it, ids are per tenant here";
  return AMBIENT_SIGN_INS.filter((name) => env[name] && env[name] !== "false").map((name) =>
    problem(name, name.endsWith("_ID") ? env[name] : "(hidden)", advice),
  );
}

/** Such as `resourceTenants[0].name`. */
function keyOf(issue: v.BaseIssue<unknown>): string {
  return (v.getDotPath(issue) ?? "").replace(/\.(\d+)(?=\.|$)/g, "[$1]");
}

/** One line: the key, the value given, what is allowed and what to do. */
function problem(key: string, value: unknown, advice: string): string {
  const given = value === undefined ? "is missing" : `is ${JSON.stringify(value, shown)}`;
  return `${key} ${given}: ${advice}`;
}

/** A password or a shared access signature that somebody left in an address stays out of the log. */
function shown(_key: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  return value.replace(/\/\/[^/]*@/, "//(hidden)@").replace(/[?#].*/s, "?(hidden)");
}
