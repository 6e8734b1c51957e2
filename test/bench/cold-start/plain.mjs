// The least that answers a health check, in a process that imports the Azure clients as they come.
import { createServer } from "node:http";
import { ClientAssertionCredential, ManagedIdentityCredential } from "@azure/identity";
import { BlobServiceClient } from "@azure/storage-blob";

const clients = [ClientAssertionCredential, ManagedIdentityCredential, BlobServiceClient];
const server = createServer((_request, response) => {
  response.end(JSON.stringify({ status: "ok", clients: clients.length }));
});
server.listen(0, "127.0.0.1", () => {
  const record = { event: "listening", port: server.address().port };
  process.stdout.write(`${JSON.stringify(record)}\n`);
});
