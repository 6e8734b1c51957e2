import * as pulumi from "@pulumi/pulumi";
import * as v from "valibot";
import { stackConfig, type StackConfig } from "./stack-config.ts";

// Each is a default of every provider of either plugin, so with two tenants it would leak into both.
// https://www.pulumi.com/registry/packages/azure-native/installation-configuration/
// https://www.pulumi.com/registry/packages/azuread/installation-configuration/
const AMBIENT_SIGN_INS =
  /^ARM_((TENANT|SUBSCRIPTION|CLIENT)_ID|CLIENT_(ID|SECRET)_FILE_PATH|CLIENT_SECRET|CLIENT_CERTIFICATE(_PATH)?|OIDC_TOKEN(_FILE_PATH)?|USE_(AKS_WORKLOAD_IDENTITY|DEFAULT_AZURE_CREDENTIAL|MSI))$/;

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
    deleteTargets: config.requireObject("deleteTargets"),
  };
  const schema = stackConfig(given, env, customStorageSuffix);
  const { issues = [], success, output } = v.safeParse(schema, given);
  const problems = [
    ...misplacedKeys(Object.keys(given)),
    ...ambientSignIns(env),
    ...issues.map((issue) => problem(keyOf(issue), valueOf(issue), issue.message)),
  ];
  if (success && problems.length === 0) return output;
  const lines = problems.map((problem) => `\n  * ${problem}`).join("");
  throw new pulumi.RunError(`the stack's configuration cannot be used:${lines}`);
}

function* misplacedKeys(known: readonly string[]): Generator<string> {
  for (const key of Object.keys(pulumi.runtime.allConfig())) {
    const [namespace = "", name = ""] = key.split(":");
    if (namespace === pulumi.getProject() && !known.includes(name)) {
      yield problem(key, "(hidden)", `is not known; allowed: ${known.join(", ")}`);
    }
    if (namespace === "azure-native" || namespace === "azuread") {
      const advice = "has no effect, because each tenant has its own providers; remove it";
      yield problem(key, "(hidden)", advice);
    }
  }
}

function ambientSignIns(env: NodeJS.ProcessEnv): string[] {
  const advice = "would sign in to every tenant alike; unset it, ids are per tenant here";
  return Object.keys(env)
    .filter((name) => AMBIENT_SIGN_INS.test(name) && env[name] && env[name] !== "false")
    .toSorted()
    .map((name) => problem(name, name.endsWith("_ID") ? env[name] : "(hidden)", advice));
}

/** Such as `resourceTenants[0].name`. */
function keyOf(issue: v.BaseIssue<unknown>): string {
  return (v.getDotPath(issue) ?? "").replace(/\.(\d+)(?=\.|$)/g, "[$1]");
}

/** What must not be there at all may be a secret. */
function valueOf({ input, type }: v.BaseIssue<unknown>): unknown {
  return type === "never" && input !== undefined ? "(hidden)" : input;
}

/** One line: the key, the value given, what is allowed and what to do. */
function problem(key: string, value: unknown, advice: string): string {
  return `${key} ${value === undefined ? "is missing" : `is ${shown(value)}`}: ${advice}`;
}

/** A password or a shared access signature that somebody left in an address stays out of the log. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "[]" : "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value);
  if (!text.includes("//")) return text;
  return text.replace(/\/\/[^/]*@/, "//(hidden)@").replace(/[?#].*/s, '?(hidden)"');
}
