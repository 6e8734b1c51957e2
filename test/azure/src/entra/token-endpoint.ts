import { randomUUID } from "node:crypto";
import type { Azure } from "../service/azure.ts";
import type { IssuedToken } from "../service/token-issuer.ts";
import { grantToken } from "./grant-token.ts";
import { correlationId, EntraError, loginHeaders, renderRefusal } from "./rules/errors.ts";
import type { TokenRequest } from "./rules/request.ts";

/** Answers a token request to the v1.0 or the v2.0 endpoint of the tenant named in the path, a refusal as Entra's error JSON. */
export async function answerTokenRequest(
  azure: Azure,
  request: Request,
  tenant: string,
  version: TokenRequest["version"],
): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  const authorization = request.headers.get("authorization") ?? undefined;
  try {
    const issued = await grantToken(azure, { tenant, version, form, authorization });
    const body = version === 1 ? v1Answer(issued, form.get("resource") ?? "") : v2Answer(issued);
    const headers = { ...loginHeaders(randomUUID()), "cache-control": "no-store, no-cache" };
    return Response.json(body, { headers });
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    azure.log("token refused", { code: error.code, tenant });
    return renderRefusal(azure, error, correlationId(request, form));
  }
}

function v2Answer({ token: access_token, expiresIn: expires_in }: IssuedToken) {
  return { token_type: "Bearer", expires_in, ext_expires_in: expires_in, access_token };
}

/** The v1.0 endpoint's values are strings (azure-docs, active-directory-v1, "Service to service calls"). */
function v1Answer({ token, notBefore, expiresOn, expiresIn }: IssuedToken, resource: string) {
  return {
    token_type: "Bearer",
    expires_in: String(expiresIn),
    ext_expires_in: String(expiresIn),
    expires_on: String(expiresOn),
    not_before: String(notBefore),
    resource,
    access_token: token,
  };
}
