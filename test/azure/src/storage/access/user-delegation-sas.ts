import { createHmac, timingSafeEqual } from "node:crypto";
import { BlockList } from "node:net";
import type { Azure } from "../../service/azure.ts";
import type { Resource } from "../../world/resource-records.ts";
import type { BlobRequest } from "../engine/blob-request.ts";
import { authenticationFailed, StorageError } from "../engine/errors.ts";
import type { BlobAccess } from "./blob-permission.ts";
import { stringToSign } from "./string-to-sign.ts";
import { delegationKey } from "./user-delegation-key.ts";

const mandatory = ["sv", "sr", "sp", "se", "skoid", "sktid", "skt", "ske", "sks", "skv"];
/** Directories, agents, correlation, delegated users, encryption scopes, bound headers and parameters. */
const notEmulated = ["sdd", "saoid", "suoid", "scid", "sduoid", "skdutid", "ses", "srh", "srq"];

/**
 * Verifies a signature made with a user delegation key of this account
 * (https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas). Throws what Azure answers to one that
 * is malformed, forged, for something else, or not valid now or from here.
 */
export function verifyUserDelegationSas(
  azure: Azure,
  secret: string,
  account: Resource,
  request: BlobRequest,
): BlobAccess {
  const { query, container, blob } = request;
  const field = (name: string) => query.get(name) ?? "";
  requireEmulated(query);
  if (!isWellFormed(query)) throw authenticationFailed("Signature fields not well formed.");
  // Observed: github.com/iterate-ch/cyberduck/issues/18205 at an account, github.com/Azure/azure-storage-azcopy/issues/1292 below it.
  if (container === undefined || (field("sr") === "b" && blob === undefined))
    throw authenticationFailed(
      "The specified signed resource is not allowed for the this resource level",
    );
  const text = stringToSign(request);
  const key = delegationKey(azure, secret, account, {
    objectId: field("skoid"),
    tenantId: field("sktid"),
    start: field("skt"),
    expiry: field("ske"),
    service: field("sks"),
    version: field("skv"),
  });
  if (field("sktid") !== account.tenantId || !isSignedWith(key, text, field("sig")))
    throw authenticationFailed(`Signature did not match. String to sign used was ${text}`);
  requireTime(query, azure.clock.now());
  requireAddress(field("sip"), request.client);
  return { tenantId: field("sktid"), objectId: field("skoid"), signed: field("sp") };
}

function isWellFormed(query: URLSearchParams): boolean {
  const { sr = "", sv = "", spr = "https" } = Object.fromEntries(query);
  return (
    mandatory.every((name) => (query.get(name) ?? "") !== "") &&
    ["b", "c"].includes(sr) &&
    /^\d{4}-\d\d-\d\d$/.test(sv) &&
    sv >= "2018-11-09" &&
    ["https", "https,http"].includes(spr)
  );
}

function requireEmulated(query: URLSearchParams): void {
  const names = notEmulated.filter((name) => query.has(name));
  const resource = query.get("sr") ?? "";
  const other = ["bs", "bv", "d"].includes(resource) ? [`sr=${resource}`] : [];
  const snapshot = resource === "b" && query.has("snapshot") ? ["sr=b of a snapshot"] : [];
  const [first] = [...names, ...other, ...snapshot];
  if (first !== undefined)
    throw new StorageError(501, "NotImplemented", `signatures with ${first} are not emulated`);
}

function isSignedWith(key: string, text: string, signature: string): boolean {
  const expected = createHmac("sha256", Buffer.from(key, "base64")).update(text).digest();
  const given = Buffer.from(signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Both texts are observed ones; without a start, the time of the request stands for it. */
function requireTime(query: URLSearchParams, now: number): void {
  const time = (name: string) => timeOf(query.get(name) ?? "");
  const [start, expiry] = [query.has("st") ? time("st") : now, time("se")];
  if (expiry <= start)
    throw authenticationFailed(
      `Signed expiry time [${date(expiry)}] must be after signed start time [${date(start)}]`,
    );
  if (now < start || expiry <= now)
    throw authenticationFailed(
      `Signature not valid in the specified time frame: Start [${date(start)}] - Expiry [${date(expiry)}] - Current [${date(now)}]`,
    );
  const [keyStart, keyExpiry] = [time("skt"), time("ske")];
  if (now < keyStart || keyExpiry <= now)
    throw authenticationFailed(
      `Signature not valid in the specified key time frame: Key start [${date(keyStart)}] - Key expiry [${date(keyExpiry)}] - Current [${date(now)}]`,
    );
}

function date(time: number): string {
  return new Date(time).toUTCString();
}

/** Milliseconds since the epoch. Throws for what is not an ISO 8601 UTC time of the three documented shapes. */
function timeOf(text: string): number {
  const time = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,7})?)?Z)?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(time)) throw authenticationFailed("Signature fields not well formed.");
  return time;
}

function requireAddress(range: string, client: string): void {
  if (range === "") return;
  if (addressesIn(range).check(client)) return;
  throw new StorageError(
    403,
    "AuthorizationSourceIPMismatch",
    `This request is not authorized to perform this operation using this source IP ${client}.`,
  );
}

/** One IPv4 address, or two of which the second is not below the first. */
function addressesIn(range: string): BlockList {
  const [first = "", last = first, ...rest] = range.split("-");
  const addresses = new BlockList();
  try {
    addresses.addRange(first, last);
  } catch {
    throw authenticationFailed("Signature fields not well formed.");
  }
  if (rest.length > 0) throw authenticationFailed("Signature fields not well formed.");
  return addresses;
}
