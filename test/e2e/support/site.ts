import type { Stage } from "./stage.ts";

/** A request to the deployed site, as a listed client. */
export async function site(stage: Stage, path: string, init: RequestInit = {}): Promise<Response> {
  const { siteUrl } = await stage.outputs();
  return fetch(`${siteUrl}${path}`, init);
}

/** Writes a blob through the site and reads it back. */
export async function roundTrip(stage: Stage, target: string, text: string): Promise<string> {
  const path = `/api/targets/${target}/blobs/round-trip.txt`;
  const put = await site(stage, path, { method: "PUT", body: text });
  if (!put.ok) throw new Error(`PUT ${path} answered ${put.status}: ${await put.text()}`);
  return (await site(stage, path)).text();
}
