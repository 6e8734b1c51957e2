import { createHmac } from "node:crypto";
import { readBody } from "../../http/read-body.ts";
import type { Azure } from "../../service/azure.ts";
import type { Resource } from "../../world/resource-records.ts";
import { invalidHeader, StorageError } from "../engine/errors.ts";
import type { BlobAccess } from "./blob-permission.ts";

/** What a user delegation key is for, as the signatures made with it name it. */
export interface DelegationTerms {
  readonly objectId: string;
  readonly tenantId: string;
  /** As it stands in the signature, such as `2026-01-31T12:00:00Z`. */
  readonly start: string;
  readonly expiry: string;
  readonly service: string;
  readonly version: string;
}

const SEVEN_DAYS = 7 * 24 * 3_600_000;

/** The key, base64. Nothing is stored: the terms and the front's own secret make it, so every signature can be checked. */
export function delegationKey(
  { state }: Pick<Azure, "state">,
  secret: string,
  account: Resource,
  terms: DelegationTerms,
): string {
  const { objectId, tenantId, start, expiry, service, version } = terms;
  const id = account.id.toLowerCase();
  const revocations = state.delegationKeyRevocations.get(id) ?? 0;
  // An account made anew after a deletion is another one.
  const made = [id, String(account.properties["creationTime"]), String(revocations)];
  return createHmac("sha256", secret)
    .update([...made, objectId, tenantId, start, expiry, service, version].join("\n"))
    .digest("base64");
}

/**
 * Get User Delegation Key (https://learn.microsoft.com/rest/api/storageservices/get-user-delegation-key) for a caller
 * who may. Throws for a body that is not understood and for a key that would live longer than seven days from now.
 */
export async function answerDelegationKey(
  azure: Azure,
  secret: string,
  account: Resource,
  access: BlobAccess,
  request: Request,
): Promise<Response> {
  const version = request.headers.get("x-ms-version") ?? "";
  if (version < "2018-11-09") throw invalidHeader();
  const body = await readBody(request, 16 * 1024);
  const { start, expiry } = readKeyInfo(String(Buffer.from(body ?? [])), azure.clock.now());
  const { objectId, tenantId } = access;
  const terms = { objectId, tenantId, start, expiry, service: "b", version };
  const fields = {
    SignedOid: objectId,
    SignedTid: tenantId,
    SignedStart: start,
    SignedExpiry: expiry,
    SignedService: "b",
    SignedVersion: version,
    Value: delegationKey(azure, secret, account, terms),
  };
  const xml = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`);
  return new Response(
    `<?xml version="1.0" encoding="utf-8"?><UserDelegationKey>${xml.join("")}</UserDelegationKey>`,
    { headers: { "content-type": "application/xml", "x-ms-version": version } },
  );
}

/** The body's two times in whole seconds; a start that is left out is now. */
function readKeyInfo(xml: string, now: number): { start: string; expiry: string } {
  const info = /^\s*(?:<\?xml[^>]*\?>)?\s*<KeyInfo>(.*)<\/KeyInfo>\s*$/s.exec(xml)?.[1];
  if (info === undefined)
    throw new StorageError(400, "InvalidXmlDocument", "XML specified is not syntactically valid.");
  if (info.includes("<DelegatedUserTid>"))
    throw new StorageError(501, "NotImplemented", "a delegated user's tenant is not emulated");
  const start = Date.parse(node(info, "Start") ?? new Date(now).toISOString());
  const expiry = Date.parse(node(info, "Expiry") ?? "");
  // Written so that a time which is none is refused too.
  if (!(expiry > start && expiry > now && expiry <= now + SEVEN_DAYS))
    throw new StorageError(
      400,
      "InvalidXmlNodeValue",
      "The value for one of the XML nodes is not in the correct format.",
    );
  return { start: wholeSeconds(start), expiry: wholeSeconds(expiry) };
}

function node(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>\\s*([^<]*?)\\s*</${name}>`).exec(xml)?.[1];
}

function wholeSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
