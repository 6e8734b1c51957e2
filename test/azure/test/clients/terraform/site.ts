import { ClientAssertionCredential, ManagedIdentityCredential } from "@azure/identity";
import { BlobClient } from "@azure/storage-blob";

// The site in a process of its own, with the variables that App Service gives it: its identity's token is the assertion by
// which the application gets a token of the resource tenant.
const [identityClientId = "", tenantId = "", applicationClientId = "", url = ""] =
  process.argv.slice(2);
const identity = new ManagedIdentityCredential({ clientId: identityClientId });
const application = new ClientAssertionCredential(
  tenantId,
  applicationClientId,
  async () => (await identity.getToken("api://AzureADTokenExchange/.default")).token,
  { disableInstanceDiscovery: true },
);
const blob = await new BlobClient(url, application).downloadToBuffer();
process.stdout.write(blob.toString());
