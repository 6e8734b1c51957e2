import { RestError } from "@azure/storage-blob";
import { AppError, type ErrorDetails } from "../app-error.ts";
import type { Target } from "../target.ts";
import { withoutTokens } from "../token/without-tokens.ts";
import { challengedTenant } from "./tenant-challenge.ts";

/**
 * The answer to an error of the storage client: 404 for a blob that is not there, otherwise 502
 * with Azure's own code. Errors that are not storage's are given back as they are.
 */
export function fromStorageError(target: Target, error: unknown): unknown {
  if (!(error instanceof RestError)) return error;
  const cause = { cause: error };
  if (error.statusCode === undefined) {
    const message = `storage: no answer from ${target.blobEndpoint} (${error.code ?? error.name})`;
    const network = error.code === undefined ? {} : { network: error.code };
    return new AppError(
      502,
      "ERR_STORAGE_UNREACHABLE",
      message,
      { hop: "storage", ...network },
      cause,
    );
  }
  const details = detailsOf(error, error.statusCode);
  if (error.statusCode === 404 && details.azureCode === "BlobNotFound") {
    return new AppError(404, "ERR_UNKNOWN_BLOB", "no such blob in this target", {}, cause);
  }
  const owner = challengedTenant(error);
  if (owner !== undefined && owner !== target.tenantId) {
    const foreign = { ...details, storageTenantId: owner };
    return new AppError(502, "ERR_STORAGE_REFUSED", wrongTenant(target, owner), foreign, cause);
  }
  const said = [error.statusCode, details.azureCode].filter(Boolean).join(" ");
  const message = `storage: ${target.blobEndpoint} refused with ${said}`;
  return new AppError(502, "ERR_STORAGE_REFUSED", message, details, cause);
}

function wrongTenant(target: Target, owner: string): string {
  return (
    `storage: ${target.blobEndpoint} belongs to tenant ${owner}, but the configuration of target ` +
    `"${target.name}" says tenant ${target.tenantId} ("${target.tenant}"); correct that tenant's ` +
    `tenantId or the target's blobEndpoint`
  );
}

// The header names the code even where an answer has no body; a 401 may have it in the body alone.
function detailsOf(error: RestError, upstreamStatus: number): ErrorDetails {
  const told: Record<string, unknown> = {
    ...(typeof error.details === "object" ? error.details : {}),
  };
  const azureCode = [told["errorCode"], told["code"]].find((value) => typeof value === "string");
  const reason = told["authenticationErrorDetail"];
  return {
    hop: "storage",
    upstreamStatus,
    ...(azureCode !== undefined && { azureCode }),
    ...(typeof reason === "string" && { authenticationDetail: withoutTokens(reason) }),
  };
}
