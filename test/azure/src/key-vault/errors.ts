/** A refusal of Key Vault's data plane (https://learn.microsoft.com/azure/key-vault/general/rest-error-codes). */
export class VaultError extends Error {
  readonly status: number;
  readonly code: string;
  /** `innererror.code`: which of the reasons for `code` it was. */
  readonly innerCode: string | undefined;
  /** WWW-Authenticate. */
  readonly challenge: string | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    { innerCode, challenge }: { innerCode?: string; challenge?: string } = {},
  ) {
    super(message);
    this.name = "VaultError";
    this.status = status;
    this.code = code;
    this.innerCode = innerCode;
    this.challenge = challenge;
  }
}

/** 400: what Key Vault says of a request it cannot read. */
export function badParameter(message: string): VaultError {
  return new VaultError(400, "BadParameter", message);
}

/** 501: a request that Key Vault knows and the local Azure does not. */
export function notEmulated(what: string): VaultError {
  return new VaultError(501, "NotImplemented", `${what} is not emulated`);
}
