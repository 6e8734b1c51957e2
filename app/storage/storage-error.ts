import { RestError } from "@azure/storage-blob";
import { TokenError, withoutTokens } from "cross-tenant-tokens";
import { AppError, type ErrorDetails } from "../app-error.ts";
import type { Target } from "../target.ts";
import { challengedTenant } from "./tenant-challenge.ts";

/** The longest text of storage's that is answered and logged. */
const longestText = 1_000;

/**
 * The answer to an error of the storage client: 404 for a blob that is not there, otherwise 502
 * with Azure's own code. Errors that are not storage's are given back as they are.
 */
export function fromStorageError(target: Target, error: unknown): unknown {
  if (!(error instanceof RestError)) return error;
  if (error.statusCode === undefined) return noAnswer(target, error);
  const details = detailsOf(error, error.statusCode);
  if (error.statusCode < 400) return foreignAnswer(target, details, error);
  const cause = { cause: textOf(error) };
  if (error.statusCode === 404 && details.azureCode === "BlobNotFound") {
    return new AppError(404, "ERR_UNKNOWN_BLOB", "no such blob in this target", {}, cause);
  }
  // With "If-None-Match: *" a blob that is there is told by a conflict.
  if (error.statusCode === 412 || details.azureCode === "BlobAlreadyExists") {
    const message = "the blob is not as If-Match or If-None-Match wants it; nothing was changed";
    return new AppError(412, "ERR_PRECONDITION_FAILED", message, {}, cause);
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

/**
 * The same for a request that sends nothing of the caller's: what else it fails with comes of an
 * answer that the storage client cannot make sense of, and is 502 as well.
 */
export function fromReadError(target: Target, error: unknown): unknown {
  const answer = fromStorageError(target, error);
  if (answer instanceof AppError || answer instanceof TokenError) return answer;
  return foreignAnswer(target, { hop: "storage" }, error);
}

function noAnswer(target: Target, error: RestError): AppError {
  const message = `storage: no answer from ${target.blobEndpoint} (${error.code ?? error.name})`;
  const details = {
    hop: "storage",
    ...(error.code !== undefined && { network: error.code }),
  } as const;
  return new AppError(502, "ERR_STORAGE_UNREACHABLE", message, details, { cause: textOf(error) });
}

function foreignAnswer(target: Target, said: ErrorDetails, error: unknown): AppError {
  const message = `storage: ${target.blobEndpoint} answered something else than Azure Storage does`;
  const details = { ...said, foreignAnswer: true } as const;
  return new AppError(502, "ERR_STORAGE_UNREACHABLE", message, details, { cause: textOf(error) });
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
  const requestId = error.response?.headers.get("x-ms-request-id");
  return {
    hop: "storage",
    upstreamStatus,
    ...(azureCode !== undefined && { azureCode: shown(azureCode, error) }),
    ...(typeof reason === "string" && { authenticationDetail: shown(reason, error) }),
    ...(requestId !== undefined && { requestId: shown(requestId, error) }),
  };
}

// Text only: the storage client's error holds its request, and with it the token.
function textOf(error: unknown): Error {
  return new Error(shown(String(error), error));
}

// Storage tokens need not be JWTs, so the one that was sent is looked for itself.
function shown(text: string, error: unknown): string {
  const sent = error instanceof RestError ? error.request?.headers.get("authorization") : undefined;
  const token = sent?.replace(/^Bearer /, "");
  return withoutTokens(text, token ? [token] : []).slice(0, longestText);
}
