import type { LocalAzure } from "local-azure";
import { deployerCredential } from "../../../infra/package/deployer-credential.ts";

/** An answer of Resource Manager or Microsoft Graph; an empty body is `{}`. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Sends one request; the caller judges the status. */
export type ApiCall = (method: string, path: string, body?: object) => Promise<ApiAnswer>;

/** Azure's two control planes, called as the deployer of one tenant. */
export interface DeployerApi {
  /** At version 2024-04-01 unless the path names another. */
  readonly resourceManager: ApiCall;
  /** Paths start after the version. */
  readonly graph: ApiCall;
}

/** Signs in as the deployer of a tenant, by OIDC as its CI job does. */
export function deployerApi(azure: LocalAzure, tenantId: unknown): DeployerApi {
  const tenant = azure.connection.tenants.find((seeded) => seeded.tenantId === tenantId);
  if (tenant === undefined) throw new Error(`no tenant "${String(tenantId)}" in the seed`);
  return signedInApi(azure, tenant, tenant.deployerClientId);
}

/** Signs in to a tenant as any application that trusts the emulated workflow, such as a planted owner. */
export function signedInApi(
  { connection }: LocalAzure,
  { tenantId, subscriptionId }: { readonly tenantId: string; readonly subscriptionId: string },
  clientId: string,
): DeployerApi {
  const { loginEndpoint, resourceManager, graph, oidc } = connection;
  const credential = deployerCredential(
    { tenantId, subscriptionId, clientId, loginEndpoint, resourceManager },
    {
      ACTIONS_ID_TOKEN_REQUEST_URL: oidc.requestUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: oidc.requestToken,
    },
  );
  const api =
    (origin: string, address: (path: string) => string): ApiCall =>
    async (method, path, body) => {
      const token = await credential.getToken(`${origin}/.default`);
      const response = await fetch(`${origin}${address(path)}`, {
        method,
        headers: {
          authorization: `Bearer ${token?.token}`,
          "content-type": "application/json",
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      // Expectations check what a test looks into.
      const read = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
      return { status: response.status, body: read };
    };
  return {
    resourceManager: api(resourceManager, (path) =>
      path.includes("?") ? path : `${path}?api-version=2024-04-01`,
    ),
    graph: api(graph, (path) => `/v1.0${path}`),
  };
}

/** As deployer of the home tenant. */
export function homeDeployerApi(azure: LocalAzure): DeployerApi {
  return deployerApi(azure, azure.connection.tenants[0]?.tenantId);
}
