import type { BearerRefusal } from "../../src/world/tokens/bearer.ts";
import { goodToken } from "../bad-tokens/good-token.ts";
import { refusesBadTokens } from "../bad-tokens/refuse-bad-tokens.ts";
import { VaultWorld } from "./vault-world.ts";

const none = "AKV10000: Request is missing a Bearer or PoP token.";
const invalid = "[BearerReadAccessTokenFailed] Error validating token: 'S2S12005'.";

const messages: Record<Exclude<BearerRefusal, "issuer" | "audience">, string> = {
  missing: none,
  scheme: none,
  "no-token": none,
  malformed: invalid,
  principal: invalid,
  signature: "AKV10046: Unable to resolve the key used for signature validation.",
  early: "Error validating token: 'S2S12086'.",
  expired: "[TokenExpired] Error validating token: 'S2S12086'.",
};

refusesBadTokens("Key Vault, Authentication, requests and responses", async () => {
  const world = await VaultWorld.start();
  await world.set("one");
  const { azure, vault, officer } = world;
  const request = (method: string, path: string, accepted: number, body?: object) => ({
    accepted,
    send: (authorization: string | undefined) =>
      world.answer(method, path, authorization === undefined ? {} : { authorization }, body),
  });
  return {
    good: goodToken(azure, (await world.bearer(officer)).slice("Bearer ".length)),
    requests: {
      list: request("GET", "/secrets?api-version=7.6", 200),
      read: request("GET", "/secrets/one?api-version=7.6", 200),
      write: request("PUT", "/secrets/one?api-version=7.6", 200, { value: "planted" }),
      delete: request("DELETE", "/secrets/none?api-version=7.6", 404),
      "what is not emulated": request("GET", "/keys?api-version=7.6", 501),
      "a version that does not exist": request("GET", "/secrets?api-version=1", 400),
    },
    read: async (response) => {
      const { error } = (await response.json()) as { error: { code: string; message: string } };
      const challenge = response.headers.get("www-authenticate");
      return { status: response.status, code: error.code, message: error.message, challenge };
    },
    refusal: ({ reason, found }) => ({
      status: 401,
      code: "Unauthorized",
      message: {
        ...messages,
        issuer: `AKV10032: Invalid issuer. Expected one of https://sts.windows.net/${vault.tenantId}/, found ${found}.`,
        audience: `AKV10022: Invalid audience. Expected https://vault.azure.net, found: ${found}.`,
      }[reason],
      challenge: `Bearer authorization="https://localhost:9001/${vault.tenantId}", resource="https://vault.localhost:9007"`,
    }),
    state: () => azure.state,
    logged: world.tenants.logged,
  };
});
