import { ClientAssertionCredential } from "@azure/identity";
import type { Connection } from "../../src/local-azure/connection.ts";

/** One sign-in by OIDC, and the address to read with the token it gives. */
export interface SignIn {
  readonly tenantId: string;
  readonly clientId: string;
  readonly scope: string;
  readonly url: string;
}

/** What the address answered, or the SDK's error. */
export interface SignInResult {
  readonly status?: number;
  readonly body?: unknown;
  readonly error?: string;
}

// A process of its own, because NODE_EXTRA_CA_CERTS is read at its start: signs in with the unmodified SDK.
const [connection, signIns] = process.argv.slice(2).map((text) => JSON.parse(text) as unknown) as [
  Connection,
  SignIn[],
];
process.stdout.write(JSON.stringify(await Promise.all(signIns.map(signIn))));

async function signIn({ tenantId, clientId, scope, url }: SignIn): Promise<SignInResult> {
  const credential = new ClientAssertionCredential(tenantId, clientId, readIdToken, {
    authorityHost: connection.loginEndpoint,
    disableInstanceDiscovery: true,
  });
  try {
    const { token } = await credential.getToken(scope);
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    return { status: response.status, body: await response.json() };
  } catch (error) {
    return { error: String(error) };
  }
}

async function readIdToken(): Promise<string> {
  const { requestUrl, requestToken } = connection.oidc;
  const audience = encodeURIComponent("api://AzureADTokenExchange");
  const response = await fetch(`${requestUrl}&audience=${audience}`, {
    headers: { authorization: `Bearer ${requestToken}` },
  });
  return ((await response.json()) as { value: string }).value;
}
