import type { TokenCredential } from "@azure/core-auth";
import type { Properties } from "../../grpc/properties.ts";
import { type Cloud, readCloud } from "./cloud.ts";

/** A provider's way into one tenant. */
export interface SignIn {
  readonly tenantId: string;
  readonly clientId: string;
  /** Asked once, at the first use: a provider that is only configured sends nothing. */
  cloud(): Promise<Cloud>;
  credential(): Promise<TokenCredential>;
  /** Aborted when the engine cancels. */
  readonly cancelled: AbortSignal;
}

/**
 * Signs in by OIDC (GitHub's token exchange), the one way a stand-in knows.
 *
 * @param packageName the provider, for messages
 * @param config the provider resource's inputs
 */
export function signIn(packageName: string, config: Properties, cancelled: AbortSignal): SignIn {
  const { useOidc, tenantId, clientId, metadataHost } = config;
  if (useOidc !== "true" && useOidc !== true) {
    throw new Error(
      `the stand-in for ${packageName} signs in by OIDC only: set useOidc, tenantId, clientId and metadataHost on the provider`,
    );
  }
  const host = metadataHost ?? process.env["ARM_METADATA_HOSTNAME"];
  if (typeof tenantId !== "string" || typeof clientId !== "string" || typeof host !== "string") {
    throw new Error(
      `the stand-in for ${packageName} lacks ${missing({ tenantId, clientId, metadataHost: host })}: it signs in by OIDC with tenantId, clientId and metadataHost`,
    );
  }
  const cloud = once(() => readCloud(host, cancelled));
  const credential = once(async () =>
    clientAssertionCredential((await cloud()).loginEndpoint, tenantId, clientId),
  );
  return { tenantId, clientId, cloud, credential, cancelled };
}

function missing(facts: Record<string, unknown>): string {
  return Object.keys(facts)
    .filter((name) => typeof facts[name] !== "string")
    .join(", ");
}

async function clientAssertionCredential(
  authorityHost: string,
  tenantId: string,
  clientId: string,
): Promise<TokenCredential> {
  const { ClientAssertionCredential } = await import("@azure/identity");
  // A custom cloud is not in Entra's list of authorities, which instance discovery would ask the public cloud for.
  const credential = new ClientAssertionCredential(tenantId, clientId, readIdToken, {
    authorityHost,
    disableInstanceDiscovery: true,
  });
  return {
    getToken: (scopes, options) =>
      credential.getToken(scopes, options).catch(async (error: unknown) => {
        throw (await tenantRefusal(authorityHost, tenantId)) ?? error;
      }),
  };
}

/** What Entra says of a tenant that it does not know; the client library keeps that text to itself. */
async function tenantRefusal(authorityHost: string, tenantId: string): Promise<Error | undefined> {
  const url = `${authorityHost}/${tenantId}/v2.0/.well-known/openid-configuration`;
  const answer: unknown = await fetch(url)
    .then((response) => (response.ok ? undefined : response.json()))
    .catch(() => undefined);
  if (typeof answer !== "object" || answer === null) return undefined;
  return "error_description" in answer ? new Error(String(answer.error_description)) : undefined;
}

/** An id token of the pipeline, as actions/toolkit's getIDToken asks for it. */
async function readIdToken(): Promise<string> {
  const [url, requestToken] = [
    "ACTIONS_ID_TOKEN_REQUEST_URL",
    "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
  ].map((name) => {
    const value = process.env[name];
    if (value) return value;
    throw new Error(`cannot sign in by OIDC: the environment variable ${name} is not set`);
  });
  const request = new URL(url ?? "");
  request.searchParams.set("audience", "api://AzureADTokenExchange");
  const response = await fetch(request, { headers: { authorization: `Bearer ${requestToken}` } });
  if (!response.ok) {
    throw new Error(`cannot sign in by OIDC: ${request.origin} answered status ${response.status}`);
  }
  const { value } = (await response.json()) as { value?: unknown }; // Checked in the next line.
  if (typeof value === "string") return value;
  throw new Error(`cannot sign in by OIDC: ${request.origin} answered no token`);
}

/** Runs `start` at the first call and gives its result to all; a failure is not kept. */
export function once<Result>(start: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | undefined;
  return () => {
    running ??= start().catch((error: unknown) => {
      running = undefined;
      throw error;
    });
    return running;
  };
}
