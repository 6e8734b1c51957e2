import { join } from "node:path";
import type { LocalAzure } from "../../../src/local-azure/local-azure.ts";
import { requireCommand } from "../run-command.ts";
import type { TenantVariable } from "./planted-tenants.ts";

/** Adds to an application the federated identity credential of an identity, as an output of the configuration names it. */
export async function trustIdentity(
  { connection, endpoints }: LocalAzure,
  { tenant_id, client_id }: TenantVariable,
  applicationClientId: string,
  identity: unknown,
): Promise<void> {
  const { principal_id: subject } = identity as Record<string, string>;
  const credential = {
    name: "terraform",
    issuer: `${endpoints.login}/${tenant_id}/v2.0`,
    subject,
    audiences: ["api://AzureADTokenExchange"],
  };
  const { caFile, loginEndpoint, oidc, graph } = connection;
  const env = {
    ...process.env,
    AZURE_AUTHORITY_HOST: loginEndpoint,
    NODE_EXTRA_CA_CERTS: caFile,
    ACTIONS_ID_TOKEN_REQUEST_URL: oidc.requestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: oidc.requestToken,
  };
  const script = join(import.meta.dirname, "administrator.ts");
  const args = [graph, tenant_id, client_id, applicationClientId, JSON.stringify(credential)];
  const options = { cwd: import.meta.dirname, env, needed: "Node runs this project" };
  await requireCommand(process.execPath, [script, ...args], options);
}
