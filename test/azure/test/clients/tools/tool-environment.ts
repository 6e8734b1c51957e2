import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EXCHANGE_AUDIENCE } from "../../../src/world/tokens/apis.ts";
import type { PlantedAccounts } from "./planted-accounts.ts";

/**
 * The settings that tools made with azidentity share: a site's identity endpoint, and a workload's token file, written into
 * `folder`, that holds the identity's own token for the exchange. `AZURE_TOKEN_CREDENTIALS` chooses between the two.
 */
export async function toolEnvironment(
  environment: NodeJS.ProcessEnv,
  { site, identity, resource, clientIds }: PlantedAccounts,
  folder: string,
  proxy: string,
): Promise<NodeJS.ProcessEnv> {
  const tokenFile = join(folder, "federated-token");
  await writeFile(tokenFile, await readAssertion(site, identity.clientId));
  return {
    ...environment,
    ...site,
    // Of kubelogin, which wants the slash.
    AZURE_AUTHORITY_HOST: `${environment["AZURE_AUTHORITY_HOST"]}/`,
    AZURE_TENANT_ID: resource.tenantId,
    AZURE_CLIENT_ID: clientIds.trusted,
    AZURE_FEDERATED_TOKEN_FILE: tokenFile,
    AZURE_TOKEN_CREDENTIALS: "WorkloadIdentityCredential",
    // Accounts have hosts under localhost, which Go's resolver does not know. Whatever else is asked for is refused there.
    HTTPS_PROXY: proxy,
    HTTP_PROXY: proxy,
    NO_PROXY: "",
    HOME: folder,
    XDG_CACHE_HOME: join(folder, "cache"),
    XDG_CONFIG_HOME: join(folder, "config"),
  };
}

/** The identity's token for the exchange, which App Service gives to the site. */
async function readAssertion(site: Record<string, string>, clientId: string): Promise<string> {
  const query = new URLSearchParams({
    "api-version": "2019-08-01",
    resource: EXCHANGE_AUDIENCE,
    client_id: clientId,
  });
  const headers = { "x-identity-header": site["IDENTITY_HEADER"] ?? "" };
  const response = await fetch(`${site["IDENTITY_ENDPOINT"]}?${query}`, { headers });
  if (!response.ok) throw new Error(`no token for the exchange: ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}
