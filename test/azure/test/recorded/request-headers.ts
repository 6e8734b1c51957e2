import { blobHeaders } from "./blob-headers.ts";
import type { Replay } from "./needs/under-way.ts";
import type { Exchange } from "./recording.ts";

/** The headers of a request, which the recordings lack: what the answer says that they must have been. */
export function requestHeaders(replay: Replay, exchange: Exchange): Record<string, string> {
  const { request, response } = exchange;
  const { hostname } = new URL(request.url);
  if (hostname.endsWith(".blob.core.windows.net")) return blobHeaders(replay, exchange);
  const headers: Record<string, string> = {};
  if (hostname.startsWith("login.")) headers["content-type"] = "application/x-www-form-urlencoded";
  else if (request.body !== null) headers["content-type"] = "application/json";
  if (hostname === "instance-metadata.invalid" && response.status === 200)
    headers["metadata"] = "true";
  // Clients of a vault ask without a token first, to learn the tenant from the challenge.
  if (hostname.endsWith(".vault.azure.net") && response.status === 401)
    headers["authorization"] = "";
  return headers;
}
