import { readFile } from "node:fs/promises";
import type { LocalAzure } from "../../src/local-azure/local-azure.ts";
import { httpsRequest } from "../app-service/https-client.ts";

/** A token of the resource tenant's deployer for storage, signed with a key that was replaced after it. */
export async function rollSigningKeys(azure: LocalAzure): Promise<string> {
  const ca = await readFile(azure.caFile, "utf8");
  const { oidc, tenants } = azure.connection;
  const idTokenUrl = `${oidc.requestUrl}&audience=api://AzureADTokenExchange`;
  const headers = { authorization: `Bearer ${oidc.requestToken}` };
  const idToken = await httpsRequest(idTokenUrl, ca, { headers });
  const { tenantId = "", deployerClientId = "" } = tenants[1] ?? {};
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: deployerClientId,
    scope: "https://storage.azure.com/.default",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: (JSON.parse(idToken.body) as { value: string }).value,
  });
  const url = `${azure.endpoints.login}/${tenantId}/oauth2/v2.0/token`;
  const answer = await httpsRequest(url, ca, { method: "POST", body: form.toString() });
  await azure.rollSigningKeys();
  return (JSON.parse(answer.body) as { access_token: string }).access_token;
}
