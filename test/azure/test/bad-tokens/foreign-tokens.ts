import { issueApplicationToken, issueManagedIdentityToken } from "../../src/entra/issue-token.ts";
import type { ServicePrincipal } from "../../src/world/directory-records.ts";
import type { BadToken } from "./bad-token.ts";
import type { GoodToken } from "./good-token.ts";
import { signJwt } from "./sign-jwt.ts";

/** Good tokens of the same caller for somebody else. */
export const foreignTokens: readonly BadToken[] = [
  {
    name: "a managed identity's token for the exchange",
    reason: "audience",
    of: async (good) =>
      (await issueManagedIdentityToken(good.azure, principalOf(good), "api://AzureADTokenExchange"))
        .token,
  },
  {
    name: "an application's token for a service that is none here",
    reason: "audience",
    of: async (good) => {
      const target = { name: "storage", audience: "https://queue.invalid" } as const;
      return (await issueApplicationToken(good.azure, principalOf(good), target)).token;
    },
  },
  {
    name: "an id token for the application",
    reason: "audience",
    of: ({ azure, header, claims, key }) => {
      const { appid, tid, ...rest } = claims;
      const iss = `${azure.endpoints.login}/${String(tid)}/v2.0`;
      return signJwt(header, { ...rest, tid, iss, aud: appid, ver: "2.0", nonce: "n" }, key);
    },
  },
];

function principalOf({ azure, claims }: GoodToken): ServicePrincipal {
  const principal = azure.state.servicePrincipals.get(String(claims["oid"]));
  if (principal === undefined) throw new Error("the good token is of no service principal");
  return principal;
}
