import { TokenError, type TokenErrorDetails } from "./token/token-error.ts";

/** Every code the site answers with: clients branch on these, never on the text. */
export type ErrorCode =
  | "ERR_BAD_BLOB_NAME"
  | "ERR_BAD_QUERY"
  | "ERR_BODY_INCOMPLETE"
  | "ERR_UNKNOWN_ROUTE"
  | "ERR_UNKNOWN_TARGET"
  | "ERR_UNKNOWN_BLOB"
  | "ERR_METHOD_NOT_ALLOWED"
  | "ERR_BLOB_TOO_LARGE"
  | "ERR_TOO_MANY_REQUESTS"
  | "ERR_MANAGED_IDENTITY"
  | "ERR_TOKEN_EXCHANGE"
  | "ERR_STORAGE_REFUSED"
  | "ERR_STORAGE_UNREACHABLE"
  | "ERR_UPSTREAM_DEADLINE"
  | "ERR_INTERNAL";

/** Every status the site refuses with. */
export type ErrorStatus = 400 | 404 | 405 | 413 | 429 | 500 | 502 | 504;

/** What an upstream service said, as it is answered and logged. */
export interface ErrorDetails extends TokenErrorDetails {
  readonly hop?: "managed identity" | "token exchange" | "storage";
  /** Azure Storage's own error code, e.g. "AuthorizationPermissionMismatch". */
  readonly azureCode?: string;
}

/** A refusal or failure the caller is told about. */
export class AppError extends Error {
  readonly status: ErrorStatus;
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(
    status: ErrorStatus,
    code: ErrorCode,
    message: string,
    details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "AppError";
    this.status = status;
    this.code = code;
    this.details = details;
  }

  /** The error as clients see it. */
  toJSON(): { code: ErrorCode; message: string } & ErrorDetails {
    return { code: this.code, message: this.message, ...this.details };
  }
}

/** The answer to any thrown value; what nobody foresaw becomes ERR_INTERNAL and stays inside. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof TokenError) return fromTokenError(error);
  return new AppError(500, "ERR_INTERNAL", "internal error, see the log", {}, { cause: error });
}

function fromTokenError(error: TokenError): AppError {
  const details = { hop: error.hop, ...error.details };
  const message = `${error.hop}: ${error.message}`;
  const cause = { cause: error };
  if (error.reason === "deadline") {
    return new AppError(504, "ERR_UPSTREAM_DEADLINE", message, details, cause);
  }
  const code = error.hop === "managed identity" ? "ERR_MANAGED_IDENTITY" : "ERR_TOKEN_EXCHANGE";
  return new AppError(502, code, message, details, cause);
}
