import { TokenRefused } from "../../service/token-issuer.ts";

/** What Entra refuses, in Entra's words: rendered as its error JSON by the token endpoint. */
export class EntraRefusal extends TokenRefused {
  /** The number after AADSTS. */
  readonly code: number;
  readonly status: number;

  constructor(code: number, status: number, error: string, text: string) {
    super(error, `AADSTS${code}: ${text}`);
    this.name = "EntraRefusal";
    this.code = code;
    this.status = status;
  }
}
