import * as pulumi from "@pulumi/pulumi";
import { clouds } from "./clouds.ts";
import { Problems } from "./config/problems.ts";
import { checkBlobEndpoints, stackConfig, type StackConfig } from "./config/stack-config.ts";

const KEYS = [
  "homeTenant",
  "applicationClientId",
  "resourceTenants",
  "environment",
  "metadataHost",
  "protect",
  "allowedClientAddresses",
];

// Each is a default of every provider of either plugin, so with two tenants it would leak into both.
// https://www.pulumi.com/registry/packages/azure-native/installation-configuration/
// https://www.pulumi.com/registry/packages/azuread/installation-configuration/
const AMBIENT_IDS = ["ARM_TENANT_ID", "ARM_CLIENT_ID", "ARM_SUBSCRIPTION_ID"];
const AMBIENT_CREDENTIALS = [
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
 * Reads the stack's configuration; nothing else reads it.
 *
 * @throws {pulumi.RunError} with every problem at once.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): StackConfig {
  const problems = new Problems();
  const config = new pulumi.Config();
  checkKeys(problems);
  checkAmbient(env, problems);
  const raw = {
    homeTenant: config.requireObject("homeTenant"),
    applicationClientId: config.require("applicationClientId"),
    resourceTenants: config.requireObject("resourceTenants"),
    environment: config.require("environment"),
    metadataHost: config.require("metadataHost"),
    protect: config.requireBoolean("protect"),
    allowedClientAddresses: config.requireObject("allowedClientAddresses"),
  };
  const metadataVariable = env["ARM_METADATA_HOSTNAME"] || undefined;
  const checked = stackConfig(raw, metadataVariable, signsInByOidc(env), problems);
  // A custom cloud's suffix is not known before its metadata host was asked.
  if (checked.metadataHost === undefined) {
    checkBlobEndpoints(checked, clouds[checked.environment].storageSuffix, problems);
  }
  throwProblems(problems);
  return checked;
}

/** In CI the job's own identity signs in by OIDC; on a person's machine the Azure CLI does. */
export function signsInByOidc(env: NodeJS.ProcessEnv = process.env): boolean {
  return Boolean(env["ACTIONS_ID_TOKEN_REQUEST_URL"]);
}

/** Ends the program with what was found, if anything was. */
export function throwProblems(problems: Problems): void {
  if (problems.lines.length === 0) return;
  const list = problems.lines.map((line) => `  * ${line}`).join("\n");
  throw new pulumi.RunError(`the stack's configuration cannot be used:\n${list}`);
}

function checkKeys(problems: Problems): void {
  const project = pulumi.getProject();
  for (const [key, value] of Object.entries(pulumi.runtime.allConfig())) {
    const [namespace = "", name = ""] = key.split(":");
    if (namespace === project && !KEYS.includes(name)) {
      problems.add(key, value, `is not known; allowed: ${KEYS.join(", ")}`);
    }
    if (namespace === "azure-native" || namespace === "azuread") {
      problems.add(
        key,
        value,
        "has no effect, because each tenant has its own providers; remove it",
      );
    }
  }
}

function checkAmbient(env: NodeJS.ProcessEnv, problems: Problems): void {
  const advice = "would sign in to every tenant alike; unset it, ids are per tenant here";
  for (const name of AMBIENT_IDS) if (env[name]) problems.add(name, env[name], advice);
  for (const name of AMBIENT_CREDENTIALS) {
    if (env[name] && env[name] !== "false") problems.add(name, "(hidden)", advice);
  }
}
