import type { Resource } from "../world/resource-records.ts";

/** An HTML page as App Service's front ends answer instead of the site. */
export function errorPage(
  status: number,
  title: string,
  text: string,
  headers: Record<string, string> = {},
): Response {
  const body = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`;
  return new Response(body, { status, headers: { "content-type": "text/html", ...headers } });
}

/**
 * App Service's page for an address that `isAdmitted` does not let in, undefined for one it does. Disabling public network
 * access leaves private endpoints only, of which there are none here. The reason phrase "Ip Forbidden" is in the text,
 * HTTP/2 has none.
 */
export function refuseAddress(
  { properties }: Resource,
  isAdmitted: (clientAddress: string) => boolean,
  clientAddress: string,
): Response | undefined {
  const closed = String(properties["publicNetworkAccess"]).toLowerCase() === "disabled";
  if (!closed && isAdmitted(clientAddress)) return undefined;
  return errorPage(
    403,
    "Error 403 - Forbidden",
    "Ip Forbidden: the web app you have attempted to reach has blocked your access.",
    { "x-ms-forbidden-ip": clientAddress },
  );
}
