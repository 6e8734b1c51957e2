import { TokenError, type TokenErrorCode, type TokenErrorDetails } from "cross-tenant-tokens";

/** Every code the site answers with: clients branch on these, never on the text. */
export type ErrorCode =
  | "ERR_BAD_BLOB_NAME"
  | "ERR_BAD_QUERY"
  | "ERR_BAD_HEADER"
  | "ERR_BODY_INCOMPLETE"
  | "ERR_UNKNOWN_ROUTE"
  | "ERR_UNKNOWN_TARGET"
  | "ERR_UNKNOWN_BLOB"
  | "ERR_METHOD_NOT_ALLOWED"
  | "ERR_PRECONDITION_FAILED"
  | "ERR_BLOB_TOO_LARGE"
  | "ERR_TOO_MANY_REQUESTS"
  | "ERR_MANAGED_IDENTITY"
  | "ERR_TOKEN_EXCHANGE"
  | "ERR_STORAGE_REFUSED"
  | "ERR_STORAGE_UNREACHABLE"
  | "ERR_UPSTREAM_UNAVAILABLE"
  | "ERR_UPSTREAM_DEADLINE"
  | "ERR_CALLER_GONE"
  | "ERR_INTERNAL";

/** Every status the site refuses with. */
export type ErrorStatus = 400 | 404 | 405 | 412 | 413 | 429 | 500 | 502 | 503 | 504;

/** What an upstream service said, as it is answered and logged. */
export interface ErrorDetails extends TokenErrorDetails {
  readonly hop?: "managed identity" | "token exchange" | "storage";
  /** Azure Storage's own error code, e.g. "AuthorizationPermissionMismatch". */
  readonly azureCode?: string;
  /** Azure Storage's own reason for refusing a token, e.g. "Issuer validation failed. Issuer did not match." */
  readonly authenticationDetail?: string;
  /** The tenant whose tokens storage asks for, when that is not the target's. */
  readonly storageTenantId?: string;
  /** Something else than Azure Storage answered at its address. */
  readonly foreignAnswer?: true;
  /** Azure Storage's id of the request (x-ms-request-id), to be found in the account's resource logs. */
  readonly requestId?: string;
}

/** An error as clients see it. */
export interface ErrorBody extends ErrorDetails {
  readonly code: ErrorCode;
  readonly message: string;
}

export interface AppErrorOptions extends ErrorOptions {
  /** How long the caller should leave the site alone, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** A refusal or failure the caller is told about. */
export class AppError extends Error {
  readonly status: ErrorStatus;
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  readonly #retryAfterMs: number;

  constructor(
    status: ErrorStatus,
    code: ErrorCode,
    message: string,
    details: ErrorDetails = {},
    { retryAfterMs = 0, ...options }: AppErrorOptions = {},
  ) {
    super(message, options);
    this.name = "AppError";
    this.status = status;
    this.code = code;
    this.details = details;
    this.#retryAfterMs = retryAfterMs;
  }

  /** Whole seconds for a Retry-After header, at least one; undefined when trying again is no remedy. */
  get retryAfterSeconds(): number | undefined {
    const { status } = this;
    if (status !== 429 && status !== 503) return undefined;
    return Math.max(1, Math.ceil(this.#retryAfterMs / 1000));
  }

  toJSON(): ErrorBody {
    return { code: this.code, message: this.message, ...this.details };
  }
}

/** Whether storage said something of the blob, so that neither the way to it nor the role is at fault. */
export function isOfBlob({ code }: AppError): boolean {
  return code === "ERR_UNKNOWN_BLOB" || code === "ERR_PRECONDITION_FAILED";
}

// A refusal stays until somebody changes a configuration: 502. The others may be gone a moment later.
const tokenErrorStatus: Readonly<Record<TokenErrorCode, ErrorStatus>> = {
  ERR_MANAGED_IDENTITY: 502,
  ERR_TOKEN_EXCHANGE: 502,
  ERR_UPSTREAM_UNAVAILABLE: 503,
  ERR_UPSTREAM_DEADLINE: 504,
};

/** The answer to any thrown value; what nobody foresaw becomes ERR_INTERNAL and stays inside. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof TokenError) return fromTokenError(error);
  const cause = { cause: error };
  // Nobody reads this answer, but the log does: a caller that left is no fault of the site. HTTP has
  // no status for it.
  if (error instanceof Error && error.name === "AbortError") {
    return new AppError(503, "ERR_CALLER_GONE", "the caller left before the answer", {}, cause);
  }
  return new AppError(500, "ERR_INTERNAL", "internal error, see the log", {}, cause);
}

function fromTokenError(error: TokenError): AppError {
  const { code, hop, retryAfterMs } = error;
  return new AppError(
    tokenErrorStatus[code],
    code,
    `${hop}: ${error.message}`,
    { hop, ...error.details },
    { cause: error, ...(retryAfterMs !== undefined && { retryAfterMs }) },
  );
}
