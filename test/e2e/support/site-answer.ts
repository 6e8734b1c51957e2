import { expect } from "vitest";

/** What the site answers to an API request. */
export interface SiteAnswer {
  readonly status: number;
  /** The JSON body; its text when it is none. */
  readonly body: unknown;
}

/** Asks the site, as a listed client. `siteUrl` is the stack's output. */
export async function askSite(
  siteUrl: string,
  path: string,
  init: RequestInit = {},
): Promise<SiteAnswer> {
  const url = `${siteUrl}${path}`;
  const response = await fetch(url, init);
  const text = await response.text();
  const json = response.headers.get("content-type")?.startsWith("application/json");
  return { status: response.status, body: json ? (JSON.parse(text) as unknown) : text };
}

/** Lists a target's blobs, which takes the whole chain from the identity to the container. */
export function listBlobs(siteUrl: string, target: string): Promise<SiteAnswer> {
  return askSite(siteUrl, `/api/targets/${target}/blobs`);
}

/** Writes a blob; a site that answers 201 has exchanged its token and used it. */
export function putBlob(siteUrl: string, target: string, text = "text"): Promise<SiteAnswer> {
  return askSite(siteUrl, `/api/targets/${target}/blobs/test.txt`, { method: "PUT", body: text });
}

/** Returns when the site's process answers; the front answers 503 while there is none. */
export async function siteAnswers(siteUrl: string): Promise<void> {
  await expect.poll(async () => (await askSite(siteUrl, "/healthz")).status).toBe(200);
}
