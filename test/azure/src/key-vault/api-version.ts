import { badParameter, notEmulated } from "./vault-error.ts";

/** What the official clients may be set to; the last is what @azure/keyvault-secrets 4.12 sends by itself. */
const emulated = ["7.0", "7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "2025-07-01", "2026-04-01"];

/** Throws BadParameter for a version that Key Vault does not know, 501 for one that only Azure knows. */
export function requireApiVersion(version: string): void {
  if (emulated.includes(version)) return;
  if (/^(?:2015-06-01|2016-10-01|.+-preview.*)$/.test(version))
    throw notEmulated(`api-version '${version}'`);
  throw badParameter(
    `The specified version (${version}) is not recognized. Consider using the latest supported version (${emulated.at(-1)}).`,
  );
}
