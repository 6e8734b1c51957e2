import { ClientAssertionCredential } from "@azure/identity";

// Who registers applications, in a process of its own because NODE_EXTRA_CA_CERTS is read at its start: makes the application
// trust the identity, as the provider for Microsoft Graph would.
const [graph = "", tenantId = "", clientId = "", appId = "", credential = ""] =
  process.argv.slice(2);
const administrator = new ClientAssertionCredential(tenantId, clientId, readIdToken, {
  disableInstanceDiscovery: true,
});
const { token } = await administrator.getToken(`${graph}/.default`);
const address = `${graph}/v1.0/applications(appId='${appId}')/federatedIdentityCredentials`;
const response = await fetch(address, {
  method: "POST",
  headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  body: credential,
});
process.stdout.write(await response.text());
process.exitCode = response.ok ? 0 : 1;

async function readIdToken(): Promise<string> {
  const audience = encodeURIComponent("api://AzureADTokenExchange");
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: job } = process.env;
  const answer = await fetch(`${url}&audience=${audience}`, {
    headers: { authorization: `Bearer ${job}` },
  });
  return ((await answer.json()) as { value: string }).value;
}
