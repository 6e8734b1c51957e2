import { RestError } from "@azure/storage-blob";
import { AppError } from "./app-error.ts";
import type { Target } from "./target.ts";

/**
 * The answer to an error of the storage client: 404 for a blob that is not there, otherwise 502
 * with Azure's own code. Errors that are not storage's are given back as they are.
 */
export function fromStorageError(target: Target, error: unknown): unknown {
  if (!(error instanceof RestError)) return error;
  const cause = { cause: error };
  const azureCode = error.code;
  if (error.statusCode === undefined) {
    const message = `storage: no answer from ${target.blobEndpoint} (${azureCode ?? error.name})`;
    return new AppError(502, "ERR_STORAGE_UNREACHABLE", message, { hop: "storage" }, cause);
  }
  if (error.statusCode === 404 && azureCode === "BlobNotFound") {
    return new AppError(404, "ERR_UNKNOWN_BLOB", "no such blob in this target", {}, cause);
  }
  const details = {
    hop: "storage" as const,
    upstreamStatus: error.statusCode,
    ...(azureCode !== undefined && { azureCode }),
  };
  const message = `storage: ${target.blobEndpoint} refused with ${error.statusCode} ${azureCode ?? ""}`;
  return new AppError(502, "ERR_STORAGE_REFUSED", message.trimEnd(), details, cause);
}
