import type { Stage } from "./stage.ts";

/** A request to the deployed site, as a listed client. */
export async function site(stage: Stage, path: string, init: RequestInit = {}): Promise<Response> {
  const { siteUrl } = await stage.outputs();
  return fetch(`${siteUrl}${path}`, init);
}

/** Writes a blob in a folder through the site and reads it back, its slash encoded once and once not. */
export async function roundTrip(stage: Stage, target: string, text: string): Promise<string> {
  const folder = `/api/targets/${target}/blobs/2026`;
  const path = `${folder}%2Fround-trip.txt`;
  const put = await site(stage, path, { method: "PUT", body: text });
  if (!put.ok) throw new Error(`PUT ${path} answered ${put.status}: ${await put.text()}`);
  return (await site(stage, `${folder}/round-trip.txt`)).text();
}
