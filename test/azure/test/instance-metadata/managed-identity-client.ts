import { ManagedIdentityCredential } from "@azure/identity";

/** What the SDK returned, or its error. */
export interface ClientResult {
  readonly token?: string;
  readonly expiresOn?: number;
  readonly error?: string;
}

// A process of its own, which the local Azure did not start: the SDK reads where its identity is from the environment alone,
// and keeps what it found for the life of the process.
const [scope = "", clientId] = process.argv.slice(2);
const credential = new ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
const result = await credential.getToken(scope).then(
  ({ token, expiresOnTimestamp }): ClientResult => ({ token, expiresOn: expiresOnTimestamp }),
  (error: unknown): ClientResult => ({ error: String(error) }),
);
process.stdout.write(JSON.stringify(result));
