import { randomUUID } from "node:crypto";

/** A refusal of Blob storage (https://learn.microsoft.com/rest/api/storageservices/status-and-error-codes2). */
export class StorageError extends Error {
  readonly status: number;
  readonly code: string;
  /** AuthenticationErrorDetail: why a token was refused. */
  readonly detail: string | undefined;
  readonly challenge: string | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    { detail, challenge }: { detail?: string; challenge?: string } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.challenge = challenge;
  }

  /** The XML answer; a HEAD has the code in its header only. */
  toResponse(request: Request, now: number): Response {
    const requestId = randomUUID();
    const detail =
      this.detail === undefined
        ? ""
        : `<AuthenticationErrorDetail>${escape(this.detail)}</AuthenticationErrorDetail>`;
    const message = `${escape(this.message)}\nRequestId:${requestId}\nTime:${new Date(now).toISOString()}`;
    const xml = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${this.code}</Code><Message>${message}</Message>${detail}</Error>`;
    const headers = new Headers({
      "content-type": "application/xml",
      server: "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0",
      "x-ms-request-id": requestId,
      "x-ms-error-code": this.code,
    });
    for (const name of ["x-ms-version", "x-ms-client-request-id"])
      if (request.headers.has(name)) headers.set(name, request.headers.get(name) ?? "");
    if (this.challenge !== undefined) headers.set("www-authenticate", this.challenge);
    return new Response(request.method === "HEAD" ? null : xml, { status: this.status, headers });
  }
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
