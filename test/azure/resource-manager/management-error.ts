/**
 * A refusal of Resource Manager or one of its resource providers: HTTP status, code and text, rendered as
 * `{error: {code, message}}` (https://learn.microsoft.com/rest/api/azure, "Error response").
 */
export class ManagementError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  toResponse(): Response {
    const error = { code: this.code, message: this.message };
    return Response.json({ error }, { status: this.status, headers: this.headers });
  }
}
