import { forwardRequest } from "../../http/forward-request.ts";
import { azuriteSignature } from "../azurite/azurite-signature.ts";
import type { Azurite } from "../azurite/azurite.ts";
import type { CopySource } from "../azurite/backend.ts";
import { StorageError } from "../engine/storage-error.ts";
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
