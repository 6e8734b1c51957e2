/** What Entra refuses, in Entra's words: rendered as its error JSON by the token endpoint. */
export class EntraRefusal extends Error {
  /** The number after AADSTS. */
  readonly code: number;
  readonly status: number;
  /** The OAuth `error`, the only part clients may depend on. */
  readonly error: string;

  constructor(code: number, status: number, error: string, text: string) {
    super(`AADSTS${code}: ${text}`);
    this.name = "EntraRefusal";
    this.code = code;
    this.status = status;
    this.error = error;
  }
}
