import { randomUUID } from "node:crypto";
import type { Azure } from "../../service/azure.ts";
import { isDataLakeAddress, serviceName } from "./service-name.ts";

interface Details {
  readonly detail?: string;
  readonly challenge?: string;
  readonly copySource?: StorageError;
  readonly headerName?: string;
  readonly query?: { readonly name: string; readonly value: string };
}

/** A refusal of Blob storage (https://learn.microsoft.com/rest/api/storageservices/status-and-error-codes2). */
export class StorageError extends Error {
  readonly status: number;
  readonly code: string;
  /** AuthenticationErrorDetail: why a token was refused. */
  readonly detail: string | undefined;
  readonly challenge: string | undefined;
  /** What is wrong with the source of a copy. */
  readonly copySource: StorageError | undefined;
  /** The header that is missing. */
  readonly headerName: string | undefined;
  /** The parameter that is wrong. */
  readonly query: Details["query"];

  constructor(
    status: number,
    code: string,
    message: string,
    { detail, challenge, copySource, headerName, query }: Details = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.challenge = challenge;
    this.copySource = copySource;
    this.headerName = headerName;
    this.query = query;
  }

  /**
   * The answer in XML, or JSON from Data Lake Storage. A HEAD has the code in its header alone, and no type: the client for
   * C++ parses whatever a Content-Type says is XML (azure-sdk-for-cpp, storage_exception.cpp).
   */
  toResponse(request: Request, now: number): Response {
    const requestId = randomUUID();
    const headers = new Headers({
      server: serviceName(request.url),
      "x-ms-request-id": requestId,
      "x-ms-error-code": this.code,
    });
    for (const name of ["x-ms-version", "x-ms-client-request-id"])
      if (request.headers.has(name)) headers.set(name, request.headers.get(name) ?? "");
    if (this.copySource !== undefined) {
      headers.set("x-ms-copy-source-status-code", String(this.copySource.status));
      headers.set("x-ms-copy-source-error-code", this.copySource.code);
    }
    if (this.challenge !== undefined) headers.set("www-authenticate", this.challenge);
    if (request.method === "HEAD") return new Response(null, { status: this.status, headers });
    const suffix = `\nRequestId:${requestId}\nTime:${new Date(now).toISOString()}`;
    const isJson = isDataLakeAddress(request.url);
    headers.set("content-type", isJson ? "application/json;charset=utf-8" : "application/xml");
    const body = isJson ? this.#json(suffix) : this.#xml(suffix);
    return new Response(body, { status: this.status, headers });
  }

  #xml(suffix: string): string {
    const details = Object.entries({
      AuthenticationErrorDetail: this.detail,
      HeaderName: this.headerName,
      QueryParameterName: this.query?.name,
      QueryParameterValue: this.query?.value,
      CopySourceStatusCode: this.copySource?.status.toString(),
      CopySourceErrorCode: this.copySource?.code,
      CopySourceErrorMessage: this.copySource?.message,
    }).map(([name, text]) => (text === undefined ? "" : `<${name}>${escape(text)}</${name}>`));
    const message = escape(this.message) + suffix;
    return `<?xml version="1.0" encoding="utf-8"?><Error><Code>${this.code}</Code><Message>${message}</Message>${details.join("")}</Error>`;
  }

  /** https://learn.microsoft.com/rest/api/storageservices/datalakestoragegen2/path/get-properties, "Error Response". */
  #json(suffix: string): string {
    const detail = this.detail && { AuthenticationErrorDetail: this.detail };
    const error = { code: this.code, message: this.message + suffix, ...(detail && { detail }) };
    return JSON.stringify({ error });
  }
}

/** A request that is not signed as it should be; `detail` says what is wrong with it. */
export function authenticationFailed(detail?: string): StorageError {
  return new StorageError(
    403,
    "AuthenticationFailed",
    "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.",
    detail === undefined ? {} : { detail },
  );
}

/** A header whose value cannot be understood. */
export function invalidHeader(): StorageError {
  return new StorageError(
    400,
    "InvalidHeaderValue",
    "The value for one of the HTTP headers is not in the correct format.",
  );
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** What storage says when it cannot (learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes), with the fault's status. */
export function answerFault({ clock }: Azure, request: Request, status: number): Response {
  const error =
    status === 503
      ? new StorageError(status, "ServerBusy", "The server is busy.")
      : new StorageError(
          status,
          "InternalError",
          "The server encountered an internal error. Please retry the request.",
        );
  return error.toResponse(request, clock.now());
}
