import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  generateAccountSASQueryParameters,
  type StorageSharedKeyCredential,
} from "@azure/storage-blob";
import type { Azure } from "../azure.ts";
import { forwardRequest } from "../forward-request.ts";
import type { BlobRequest } from "./blob-operation.ts";

/**
 * Sends an admitted request to Azurite, signed with a short-lived signature in place of its token, and answers with
 * the names of the account that the client knows.
 */
export async function forwardToAzurite(
  azure: Azure,
  port: number,
  credential: StorageSharedKeyCredential,
  { account, query }: BlobRequest,
  request: Request,
): Promise<Response> {
  const url = new URL(request.url);
  const path = url.pathname.slice(1 + account.length);
  const separator = url.search === "" ? "?" : `${url.search}&`;
  const headers = new Headers(request.headers);
  headers.delete("authorization");
  const response = await forwardRequest(request, {
    port,
    path: `/${credential.accountName}${path}${separator}${signature(credential)}`,
    headers,
  });
  const version = request.headers.get("x-ms-version");
  if (version !== null) response.headers.set("x-ms-version", version);
  if (query.get("comp") !== "list" || !response.ok) return response;
  return renameEndpoint(response, `${azure.endpoints.storage}/${account}/`);
}

/** Azurite's own clock is the machine's, whatever the injected one says. */
function signature(credential: StorageSharedKeyCredential): string {
  return generateAccountSASQueryParameters(
    {
      expiresOn: new Date(Date.now() + 15 * 60_000),
      permissions: AccountSASPermissions.parse("rwdxlacuptfi"),
      services: AccountSASServices.parse("b").toString(),
      resourceTypes: AccountSASResourceTypes.parse("sco").toString(),
      version: "2020-10-02",
    },
    credential,
  ).toString();
}

/** Lists name the service they come from. A page has at most 5000 entries, so it is read whole. */
async function renameEndpoint(response: Response, endpoint: string): Promise<Response> {
  const xml = await response.text();
  const renamed = xml.replace(/ServiceEndpoint="[^"]*"/, `ServiceEndpoint="${endpoint}"`);
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  return new Response(renamed, { status: response.status, headers });
}
