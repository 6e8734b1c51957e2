import {
  AzureCliCredential,
  ClientAssertionCredential,
  type TokenCredential,
} from "@azure/identity";
import { ask } from "./answer.ts";

/** Who publishes, and where that identity signs in. Ids and addresses only. */
export interface Deployer {
  readonly tenantId: string;
  readonly subscriptionId: string;
  /** The deployer's application; empty when the Azure CLI signs in. */
  readonly clientId: string;
  readonly loginEndpoint: string;
  readonly resourceManager: string;
}

/**
 * The home deployer's credential, the same identity the home tenant's providers use: the CI job's OIDC token, else
 * the Azure CLI with the profile that `AZURE_CONFIG_DIR_HOME` names.
 */
export function deployerCredential(deployer: Deployer, env = process.env): TokenCredential {
  if (env["ACTIONS_ID_TOKEN_REQUEST_URL"]) {
    const { tenantId, clientId, loginEndpoint } = deployer;
    return new ClientAssertionCredential(tenantId, clientId, () => jobToken(env), {
      authorityHost: loginEndpoint,
      disableInstanceDiscovery: true,
    });
  }
  // The credential starts az with this process's environment and takes no other.
  if (env["AZURE_CONFIG_DIR_HOME"]) process.env["AZURE_CONFIG_DIR"] = env["AZURE_CONFIG_DIR_HOME"];
  return new AzureCliCredential({ subscription: deployer.subscriptionId });
}

// https://docs.github.com/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
async function jobToken(env: NodeJS.ProcessEnv): Promise<string> {
  const url = new URL(env["ACTIONS_ID_TOKEN_REQUEST_URL"] ?? "");
  url.searchParams.set("audience", "api://AzureADTokenExchange");
  const authorization = `Bearer ${env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"]}`;
  const { status, text } = await ask(url.href, { headers: { authorization } });
  if (status !== 200) {
    throw new Error(
      `the job's OIDC token request answered ${status}; does the job have id-token: write?`,
    );
  }
  const { value } = JSON.parse(text) as { value: string };
  return value;
}
