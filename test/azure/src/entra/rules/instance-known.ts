import type { Azure } from "../../service/azure.ts";
import { EntraRefusal } from "./entra-refusal.ts";

/**
 * Instance discovery is asked about a login endpoint of this cloud; returns the tenant that the endpoint names. Codes
 * AADSTS50049 and AADSTS50050 from the error codes reference; `invalid_instance` observed, the use of 50050 unverified.
 */
export function requireKnownInstance(azure: Azure, query: URLSearchParams): string {
  const endpoint = query.get("authorization_endpoint") ?? "";
  if (!query.has("api-version") || !URL.canParse(endpoint)) {
    throw new EntraRefusal(50050, 400, "invalid_request", "The request is malformed.");
  }
  const { origin, pathname } = new URL(endpoint);
  const tenant = pathname.split("/")[1];
  if (origin === new URL(azure.endpoints.login).origin && tenant) return tenant;
  throw new EntraRefusal(50049, 400, "invalid_instance", "Unknown or invalid instance.");
}
