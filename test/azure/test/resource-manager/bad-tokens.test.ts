import { expect } from "vitest";
import { createKeyVault } from "../../src/key-vault/key-vault.ts";
import { createResourceManager } from "../../src/resource-manager/resource-manager.ts";
import { createMetadata } from "../../src/surroundings/cloud-metadata.ts";
import { goodToken } from "../bad-tokens/good-token.ts";
import {
  type GuardedService,
  type Refused,
  refusesBadTokens,
} from "../bad-tokens/refuse-bad-tokens.ts";
import { homeOwner } from "./home-owner.ts";

const audiences = [
  "https://localhost:9002",
  "https://management.azure.com",
  "https://management.core.windows.net",
].flatMap((audience) => [audience, `${audience}/`]);

function answerTo({ reason, found }: Refused): readonly [code: string, message: unknown] {
  switch (reason) {
    case "missing":
      return [
        "AuthenticationFailed",
        "Authentication failed. The 'Authorization' header is missing.",
      ];
    case "scheme":
      return [
        "AuthenticationFailedInvalidHeader",
        "Authentication failed. The 'Authorization' header is provided in an invalid format.",
      ];
    case "no-token":
      return [
        "AuthenticationFailedMissingToken",
        "Authentication failed. The 'Authorization' header is missing the access token.",
      ];
    case "audience":
      return [
        "InvalidAuthenticationTokenAudience",
        `The access token has been obtained for wrong audience or resource '${found}'. It should exactly match with one of the allowed audiences '${audiences.join("','")}'.`,
      ];
    case "expired":
      return [
        "ExpiredAuthenticationToken",
        expect.stringMatching(
          /^The access token expiry UTC time '[\d/]+ [\d:]+ [AP]M' is earlier than current UTC time '[\d/]+ [\d:]+ [AP]M'\.$/,
        ),
      ];
    case "principal":
      return [
        "InvalidAuthenticationToken",
        "The received access token is not valid: at least one of the claims 'puid' or 'altsecid' or 'oid' should be present. If you are accessing as application please make sure service principal is properly created in the tenant.",
      ];
    default:
      return ["InvalidAuthenticationToken", "The access token is invalid."];
  }
}

function refusalIn(tenantId: string): (refused: Refused) => object {
  return (refused) => {
    const [code, message] = answerTo(refused);
    const challenge = expect.stringMatching(
      `^Bearer authorization_uri="https://localhost:9001/${tenantId}", error="invalid_token", error_description="[^"]+"$`,
    );
    return { status: 401, code, message, challenge };
  };
}

refusesBadTokens("Azure Resource Manager, authentication (rest/api/azure)", async () => {
  const { tenants, appService, principal, subscription, group } = await homeOwner();
  const { azure, logged } = tenants;
  const app = createResourceManager(
    azure,
    appService,
    createKeyVault(azure),
    createMetadata(azure),
  );
  const request = (method: string, path: string, accepted: number, body?: object) => ({
    accepted,
    send: (authorization: string | undefined) =>
      app.request(`https://localhost:9002${path}?api-version=2022-12-01`, {
        method,
        headers: {
          "content-type": "application/json",
          ...(authorization !== undefined && { authorization }),
        },
        ...(body && { body: JSON.stringify(body) }),
      }),
  });
  const bearer = await tenants.bearer(principal, "resource-manager");
  const service: GuardedService = {
    good: goodToken(azure, bearer.slice("Bearer ".length)),
    requests: {
      read: request("GET", group, 200),
      write: request("PUT", group, 200, { location: "westeurope", tags: { by: "nobody" } }),
      update: request("PATCH", group, 200, { tags: { by: "somebody" } }),
      delete: request("DELETE", `${subscription}/resourceGroups/none`, 404),
      action: request("POST", `${subscription}/providers/Microsoft.Compute/register`, 200),
      "of no subscription": { ...request("GET", "/subscriptions", 200), refusal: refusalIn("") },
      "what is not emulated": request("GET", `${subscription}/unknown`, 501),
    },
    read: async (response) => {
      const { error } = (await response.json()) as { error: { code: string; message: string } };
      const challenge = response.headers.get("www-authenticate");
      return { status: response.status, code: error.code, message: error.message, challenge };
    },
    refusal: refusalIn(tenants.home.tenantId),
    state: () => azure.state,
    logged,
  };
  return service;
});
