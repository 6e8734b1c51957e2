import type { BlobRequest } from "../engine/blob-request.ts";

/** What stands in the query of a request signed with a user delegation key, besides the request's own parameters. */
export const signatureParameters =
  "sv sr sp st se sip spr sig skoid sktid skt ske sks skv rscc rscd rsce rscl rsct".split(" ");

/**
 * What a user delegation key signs
 * (https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas, "Specify the signature"). Fields that
 * this service refuses stand in it as empty lines; each version has added some.
 */
export function stringToSign({ account, container, blob, query }: BlobRequest): string {
  const version = field(query, "sv");
  const since = (added: string, count: number) => blank(version >= added ? count : 0);
  const named = field(query, "sr") === "b" ? [container, blobName(blob)] : [container];
  return [
    ...["sp", "st", "se"].map((name) => field(query, name)),
    `/blob/${account}/${named.join("/")}`,
    ...["skoid", "sktid", "skt", "ske", "sks", "skv"].map((name) => field(query, name)),
    // saoid, suoid, scid; then skdutid, sduoid.
    ...since("2020-02-10", 3),
    ...since("2025-07-05", 2),
    ...["sip", "spr", "sv", "sr"].map((name) => field(query, name)),
    // The snapshot's or version's time; then ses; then srh, srq.
    "",
    ...since("2020-12-06", 1),
    ...since("2026-04-06", 2),
    ...["rscc", "rscd", "rsce", "rscl", "rsct"].map((name) => field(query, name)),
  ].join("\n");
}

function blank(count: number): string[] {
  return Array.from({ length: count }, () => "");
}

function field(query: URLSearchParams, name: string): string {
  return query.get(name) ?? "";
}

/** Signed is the name, not its encoding. One that is no encoding at all matches no signature. */
function blobName(encoded = ""): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
