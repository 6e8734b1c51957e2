import { decodeJwt } from "jose";
import type { Case } from "../case.ts";
import type { PlantedAccounts } from "./planted-accounts.ts";
import { refuses } from "./refuses.ts";
import type { Outcome, Tool } from "./tool.ts";

/** The server application of Azure Kubernetes Service, of which the tenants have no service principal. */
const KUBERNETES = "6dae42f8-4368-4678-94ff-3960e28e3630";
const STORAGE = "https://storage.azure.com";

/** Tokens as kubectl asks for them. */
export function kubeloginCases(
  kubelogin: Tool,
  { home, resource, identity, clientIds }: PlantedAccounts,
): Case[] {
  const get = (login: string, settings: Record<string, string>, server = STORAGE) =>
    kubelogin.run(
      ["get-token", "--login", login, "--disable-instance-discovery", "--server-id", server],
      settings,
    );
  const workload = (AZURE_CLIENT_ID: string, server?: string) => () =>
    // Without the job's token, which it would prefer to the file.
    get("workloadidentity", { AZURE_CLIENT_ID, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "" }, server);
  const job = (AZURE_CLIENT_ID: string) => () => get("workloadidentity", { AZURE_CLIENT_ID });
  const managed = (AZURE_CLIENT_ID: string) => () => get("msi", { AZURE_CLIENT_ID });
  return [
    refuses(
      "refuses the identity to an application that trusts another subject",
      workload(clientIds.wrongSubject),
      "AADSTS700213: No matching federated identity record found for presented assertion subject",
    ),
    refuses(
      "refuses an application without service principal in the tenant",
      workload(clientIds.notAdmitted),
      "AADSTS7000229",
      "is missing service principal in the tenant",
    ),
    refuses(
      "refuses a server that has no service principal in the tenant",
      workload(clientIds.trusted, KUBERNETES),
      `AADSTS500011: The resource principal named ${KUBERNETES} was not found in the tenant`,
    ),
    refuses(
      "refuses an identity that the site does not have",
      managed(clientIds.trusted),
      "No User Assigned or Delegated Managed Identity found for specified ClientId",
    ),
    gets(
      "exchanges the identity's token file for a token of the other tenant",
      workload(clientIds.trusted),
      { tid: resource.tenantId, appid: clientIds.trusted },
    ),
    gets("gets the site's identity a token", managed(identity.clientId), {
      tid: home.tenantId,
      appid: identity.clientId,
    }),
    gets("signs a deployer in by its job's token", job(resource.deployerClientId), {
      tid: resource.tenantId,
      appid: resource.deployerClientId,
    }),
  ];
}

/** An ExecCredential with a token for storage that has these claims. */
function gets(
  name: string,
  command: () => Promise<Outcome>,
  of: { readonly tid: string; readonly appid: string },
): Case {
  const run = async () => {
    const { text } = await command();
    const token = /"token":"([^"]+)"/.exec(text)?.[1];
    if (token === undefined) throw new Error(`no token: ${text.slice(-3000)}`);
    const { tid, appid, aud } = decodeJwt(token);
    if (tid !== of.tid || appid !== of.appid || aud !== STORAGE)
      throw new Error(`another token: ${JSON.stringify({ tid, appid, aud })}`);
  };
  return { name, run };
}
