/** When the clock of a vault world starts, in whole seconds since the epoch. */
export const now = Date.UTC(2026, 0, 15, 12) / 1000;

/** What Key Vault tells of a secret that was set then, for tests. */
export const attributes = {
  enabled: true,
  created: now,
  updated: now,
  recoveryLevel: "Recoverable+Purgeable",
  recoverableDays: 90,
};

/** Status and error for a secret that is not there, `id` being `name` or `name/version`. */
export function notFound(id: string): unknown[] {
  const message = `A secret with (name/id) ${id} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182`;
  return [404, { code: "SecretNotFound", message }];
}
