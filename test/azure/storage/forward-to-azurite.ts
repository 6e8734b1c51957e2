import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  generateAccountSASQueryParameters,
  type StorageSharedKeyCredential,
} from "@azure/storage-blob";
import type { Azure } from "../azure.ts";
import { forwardRequest } from "../forward-request.ts";
import type { Azurite } from "./azurite.ts";
import { blobEndpoint } from "./blob-address.ts";
import type { BlobRequest } from "./blob-request.ts";
import type { BlobGrant } from "./storage-authorization.ts";
import { signatureParameters } from "./string-to-sign.ts";

/** A request that may be carried out. */
export interface AdmittedRequest {
  readonly request: BlobRequest;
  readonly grant: BlobGrant;
  /** What it copies from. */
  readonly source: BlobRequest | undefined;
  /** The Azurite account that has the blobs. */
  readonly credential: StorageSharedKeyCredential;
}

/**
 * Sends an admitted request to Azurite, signed with a short-lived signature in place of its token or its own signature,
 * and answers with the names of the account that the client knows.
 */
export async function forwardToAzurite(
  azure: Azure,
  { port }: Azurite,
  { request, grant, source, credential }: AdmittedRequest,
  raw: Request,
): Promise<Response> {
  const headers = new Headers(raw.headers);
  headers.delete("authorization");
  headers.delete("x-ms-copy-source-authorization");
  if (source !== undefined) {
    const snapshot = source.query.get("snapshot");
    const query = snapshot === null ? "" : `?${new URLSearchParams({ snapshot })}`;
    const address = `http://127.0.0.1:${port}/${credential.accountName}${source.path}${query}`;
    headers.set("x-ms-copy-source", address);
  }
  const response = await forwardRequest(raw, {
    port,
    path: `/${credential.accountName}${request.path}?${ownParameters(raw.url, request)}${signature(credential, grant)}`,
    headers,
  });
  const version = headers.get("x-ms-version") ?? request.query.get("sv");
  if (version !== null) response.headers.set("x-ms-version", version);
  const endpoint = blobEndpoint(azure, request.account, request.style);
  const copied = response.headers.get("x-ms-copy-source");
  if (copied !== null)
    response.headers.set("x-ms-copy-source", copied.replace(azuriteAddress, endpoint));
  const isList = ["list", "blobs"].includes(request.query.get("comp") ?? "");
  return isList && response.ok ? renameEndpoint(response, endpoint) : response;
}

/** Whatever port and account it had when the copy was made. */
const azuriteAddress = /^http:\/\/127\.0\.0\.1:\d+\/pool\d+\//;

/** The parameters as they were sent, without those of a signature; headers of the response are Azurite's to override. */
function ownParameters(url: string, { query }: BlobRequest): string {
  const sent = new URL(url).search.slice(1).split("&");
  const kept = sent.filter((parameter) => {
    const name = parameter.split("=")[0] ?? "";
    const isSigned = query.has("sig") && signatureParameters.includes(name);
    return name !== "" && (!isSigned || /^rsc[cdelt]$/.test(name));
  });
  return kept.map((parameter) => `${parameter}&`).join("");
}

/** Azurite's own clock is the machine's, whatever the injected one says. It enforces that nothing is replaced. */
function signature(credential: StorageSharedKeyCredential, grant: BlobGrant): string {
  return generateAccountSASQueryParameters(
    {
      expiresOn: new Date(Date.now() + 15 * 60_000),
      permissions: AccountSASPermissions.parse(grant === "full" ? "rwdxlacuptfi" : "rdxlacuptfi"),
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
  const renamed = xml
    .replace(/ServiceEndpoint="[^"]*"/, `ServiceEndpoint="${endpoint}"`)
    .replaceAll(/(?<=<CopySource>)http:\/\/127\.0\.0\.1:\d+\/pool\d+\//g, endpoint);
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  return new Response(renamed, { status: response.status, headers });
}
