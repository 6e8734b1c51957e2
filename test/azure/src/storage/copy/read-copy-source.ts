import { forwardRequest } from "../../http/forward-request.ts";
import type { Azurite } from "../azurite/azurite.ts";
import type { CopySource } from "../azurite/backend.ts";
import { azuriteSignature } from "../azurite/credentials.ts";
import { invalidHeader, StorageError } from "../engine/errors.ts";
import { unverified } from "./copy-source.ts";

/**
 * Gets a source, or the part of it that `headers` ask for, from Azurite. Throws CannotVerifyCopySource where there is none,
 * and SourceConditionNotMet where a condition says so.
 */
export async function readCopySource(
  { port }: Azurite,
  { request, credential }: CopySource,
  headers: Headers,
  signal: AbortSignal,
): Promise<Response> {
  const snapshot = request.query.get("snapshot");
  const query = snapshot === null ? "" : `${new URLSearchParams({ snapshot })}&`;
  const path = `/${credential.accountName}${request.path}?${query}${azuriteSignature(credential)}`;
  const get = new Request("http://azurite", { signal });
  const response = await forwardRequest(get, { port, path, headers });
  if (response.ok) return response;
  if (response.status === 304 || response.status === 412)
    throw new StorageError(
      412,
      "SourceConditionNotMet",
      "The source condition specified using HTTP conditional header(s) is not met.",
    );
  const code = response.headers.get("x-ms-error-code") ?? "InternalError";
  const message = /<Message>([^<\n]*)/.exec(await response.text())?.[1] ?? "";
  throw unverified(new StorageError(response.status, code, message));
}

/** Range and conditions of a copy's source as those of a request to get it. Throws for a range that is none. */
export function sourceHeaders(headers: Headers): Headers {
  const sent = new Headers({ "x-ms-version": "2021-12-02" });
  const range = headers.get("x-ms-source-range");
  if (range !== null && !isRange(range)) throw invalidHeader();
  if (range !== null) sent.set("x-ms-range", range);
  for (const [name, value] of headers) {
    const condition = /^x-ms-source-(if-.+)$/.exec(name)?.[1];
    if (condition !== undefined)
      sent.set(condition === "if-tags" ? "x-ms-if-tags" : condition, value);
  }
  return sent;
}

function isRange(range: string): boolean {
  const [, first, last] = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(range) ?? [];
  return first !== undefined && (last === "" || Number(first) <= Number(last));
}
