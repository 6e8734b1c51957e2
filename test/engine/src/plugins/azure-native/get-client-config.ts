import { decodeJwt } from "jose";
import type { Properties } from "../../grpc/properties.ts";
import type { ResourceManager } from "./clients.ts";

/**
 * authorization:getClientConfig: who the provider is signed in as, read from the claims of a Graph token (azure-native:
 * provider/pkg/provider/auth_getclientconfig.go).
 */
export async function getClientConfig({
  signIn,
  subscriptionId,
}: ResourceManager): Promise<Properties> {
  const { graphScope } = await signIn.cloud();
  const token = await (await signIn.credential()).getToken(graphScope);
  if (!token) throw new Error(`no token for ${graphScope}`);
  const { appid, oid, tid } = decodeJwt<{ appid?: string; oid?: string; tid?: string }>(
    token.token,
  );
  return {
    clientId: appid ?? signIn.clientId,
    objectId: oid,
    subscriptionId,
    tenantId: tid ?? signIn.tenantId,
  };
}
