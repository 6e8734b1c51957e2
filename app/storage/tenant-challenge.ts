import type { RestError } from "@azure/storage-blob";

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The id, in lower case, of the tenant whose tokens storage asks for in a 401; undefined when it
 * names none. Only ever shown and compared: whoever answers must not choose where tokens come from
 * (learn.microsoft.com "Authorize with Microsoft Entra ID", bearer challenge).
 */
export function challengedTenant(error: RestError): string | undefined {
  if (error.statusCode !== 401) return undefined;
  const challenge = error.response?.headers.get("www-authenticate") ?? "";
  const address = /\bauthorization_uri="?([^\s",]+)/i.exec(challenge)?.[1] ?? "";
  const tenantId = URL.parse(address)?.pathname.split("/")[1]?.toLowerCase() ?? "";
  return guid.test(tenantId) ? tenantId : undefined;
}
