import { access, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { requireCommand } from "./run-command.ts";
import type { Suite } from "./suite.ts";
import { blobCases } from "./terraform/blob-cases.ts";
import { runCases } from "./case.ts";
import { crossTenantCases } from "./terraform/cross-tenant-cases.ts";
import { plantTenants } from "./terraform/planted-tenants.ts";
import { signInCases } from "./terraform/sign-in-cases.ts";
import { stateCases } from "./terraform/state-cases.ts";
import { vaultCases } from "./terraform/vault-cases.ts";
import { terraformNeeded } from "./terraform/workspace.ts";

const provider = "terraform-provider-azurerm";
/** 5.2.0 and four days. Go names no release of the provider since 1.44: its module's path has no major version. */
const version = "v1.44.1-0.20260824201233-fae580791926";

/** Builds the provider from its Go module into the cache, once; Terraform itself must be there. */
export async function installTerraformSuite(cache: string): Promise<Suite> {
  const cwd = import.meta.dirname;
  await requireCommand("terraform", ["version"], {
    cwd,
    env: process.env,
    needed: terraformNeeded,
  });
  const folder = join(cache, "terraform", version);
  await mkdir(folder, { recursive: true });
  await buildProvider(folder);
  const configuration = join(folder, "terraform.rc");
  // Terraform then takes the provider from there, with a warning, and asks nobody for it.
  await writeFile(
    configuration,
    `provider_installation {\n  dev_overrides {\n    "hashicorp/azurerm" = ${JSON.stringify(folder)}\n  }\n}\n`,
  );
  const run: Suite["run"] = async (environment, azure) => {
    const planted = await plantTenants(azure);
    const env = { ...environment, ...settings(configuration, azure.connection.proxy) };
    const groups = await Promise.all([
      signInCases(azure, planted, env),
      blobCases(planted, env),
      stateCases(planted, env),
      vaultCases(planted, env),
      crossTenantCases(azure, planted, env),
    ]);
    return runCases(groups, { client: provider, version });
  };
  return { language: "Terraform", azure: { blobAddresses: "host", vaultAddresses: "host" }, run };
}

/** What the configurations leave to the environment, beside the cloud's metadata host and the job's identity token. */
function settings(configuration: string, proxy: string): NodeJS.ProcessEnv {
  return {
    TF_CLI_CONFIG_FILE: configuration,
    CHECKPOINT_DISABLE: "1",
    ARM_USE_OIDC: "true",
    ARM_USE_CLI: "false",
    // Go's resolver does not know the names under localhost, and those that it does not ask a proxy for it may not resolve.
    HTTPS_PROXY: proxy,
    NO_PROXY: "",
  };
}

async function buildProvider(folder: string): Promise<void> {
  const built = await access(join(folder, provider)).then(
    () => true,
    () => false,
  );
  if (built) return;
  process.stderr.write(`${provider}: building it from its Go module, once, 20 to 40 minutes\n`);
  const env = { ...process.env, GOBIN: folder, GOWORK: "off" };
  const needed =
    "the Terraform suite needs Go 1.26 or later, its module proxy and some gigabytes of disk";
  const install = ["install", "-ldflags=-s -w", `github.com/hashicorp/${provider}@${version}`];
  await requireCommand("go", install, { cwd: folder, env, needed });
}
