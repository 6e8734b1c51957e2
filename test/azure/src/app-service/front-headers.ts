import { randomUUID } from "node:crypto";
import type { Resource } from "../world/resource-records.ts";

/** Who asks a front end for what, as it was on the wire. */
export interface FrontRequest {
  readonly hostName: string;
  readonly clientAddress: string;
  readonly clientPort: number;
  /** Path and query before anything was decoded. */
  readonly url: string;
}

/**
 * What App Service's front ends add to a request, as sites show what they got (Adobe's tutorial for Azure webhooks, Azure's
 * network labs). What a client sends under these names is overwritten, but for X-Forwarded-For, which gets one more entry:
 * only the last one can be believed. Certificates and TLS versions are left out.
 */
export function frontHeaders(given: Headers, site: Resource, request: FrontRequest): Headers {
  const { hostName, clientAddress, clientPort, url } = request;
  const client = `${clientAddress}:${clientPort}`;
  const forwarded = given.get("x-forwarded-for");
  const headers = new Headers(given);
  const added = {
    "client-ip": client,
    "disguised-host": hostName,
    "max-forwards": "10",
    "was-default-hostname": hostName,
    "x-appservice-proto": "https",
    "x-arr-log-id": randomUUID(),
    "x-client-ip": clientAddress,
    "x-client-port": String(clientPort),
    "x-forwarded-for": forwarded === null ? client : `${forwarded}, ${client}`,
    "x-forwarded-proto": "https",
    "x-original-url": url,
    "x-site-deployment-id": site.name,
    "x-waws-unencoded-url": url,
  };
  for (const [name, value] of Object.entries(added)) headers.set(name, value);
  return headers;
}

/**
 * The path that a site is asked for: encoded slashes and backslashes are slashes by then, and steps up are taken, by design
 * (github.com/dotnet/aspnetcore issues 40532 and 44461; Azure/azure-functions-host issue 9290 for Node on Linux). Other
 * characters stay as they are, `%25` too: people encode twice to get a slash through. That `//` stays is unverified.
 */
export function decodedPath(pathname: string): string {
  const decoded = pathname.replaceAll(/%2f|%5c/gi, "/");
  return new URL(`http://site${decoded}`).pathname;
}
