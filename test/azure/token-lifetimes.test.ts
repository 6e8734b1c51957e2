import { decodeJwt } from "jose";
import { expect, it } from "vitest";
import { issueApplicationToken, issueManagedIdentityToken } from "./entra/issue-token.ts";
import { twoTenants } from "./two-tenants.ts";

it("issues tokens of the lives that the start asked for", async () => {
  const { azure, clock, identity, principal } = await twoTenants();
  const tokenLifetimes = { managedIdentitySeconds: 90, applicationSeconds: 60 };
  const shortLived = { ...azure, tokenLifetimes };
  const now = clock.milliseconds / 1000;
  const target = { name: "storage", audience: "https://storage.azure.com" } as const;
  const issued = [
    await issueManagedIdentityToken(shortLived, identity, "api://AzureADTokenExchange"),
    await issueApplicationToken(shortLived, principal, target),
  ];
  expect(issued.map(({ expiresOn }) => expiresOn - now)).toEqual([90, 60]);
  expect(issued.map(({ token }) => (decodeJwt(token).exp ?? 0) - now)).toEqual([90, 60]);
});
