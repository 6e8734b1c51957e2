import type { Connection } from "../../../src/local-azure/connection.ts";
import { runCases } from "../case.ts";
import type { Suite } from "../suite.ts";
import { blobCases } from "./blob-cases.ts";
import { crossTenantCases } from "./cross-tenant-cases.ts";
import { deployerCases } from "./deployer-cases.ts";
import { directoryCases } from "./directory-cases.ts";
import { plantTenants } from "./planted-tenants.ts";
import { signInCases } from "./sign-in-cases.ts";
import { stateCases } from "./state-cases.ts";
import type { Tool } from "./tool.ts";
import { vaultCases } from "./vault-cases.ts";
import { workspacesOf } from "./workspace.ts";

/** All cases, run with one tool and the providers that its configuration file names. */
export function toolSuite(tool: Tool, configuration: string): Suite {
  const run: Suite["run"] = async (environment, azure) => {
    const planted = await plantTenants(azure);
    const env = { ...environment, ...settings(configuration, azure.connection) };
    const open = workspacesOf(tool, env);
    const groups = await Promise.all([
      signInCases(azure, planted, open),
      blobCases(planted, open),
      stateCases(planted, open, tool.stateSignIn),
      vaultCases(planted, open),
      crossTenantCases(azure, planted, open),
      deployerCases(azure, open),
      directoryCases(planted, open),
    ]);
    return runCases(groups, { client: tool.name, version: tool.version });
  };
  const addresses = { blobAddresses: "host", vaultAddresses: "host" } as const;
  return { language: tool.name, azure: addresses, run };
}

/** What the configurations leave to the environment, beside the cloud's metadata host and the job's identity token. */
function settings(configuration: string, { metadataHost, proxy }: Connection): NodeJS.ProcessEnv {
  return {
    TF_CLI_CONFIG_FILE: configuration,
    // OpenTofu's backend has another name for it.
    ARM_METADATA_HOST: metadataHost,
    CHECKPOINT_DISABLE: "1",
    ARM_USE_OIDC: "true",
    ARM_USE_CLI: "false",
    // Go's resolver does not know the names under localhost, and those that it does not ask a proxy for it may not resolve.
    HTTPS_PROXY: proxy,
    NO_PROXY: "",
  };
}
