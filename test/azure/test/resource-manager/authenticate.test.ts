import { expect, it } from "vitest";
import { issueApplicationToken } from "../../src/entra/issue-token.ts";
import { createKeyVault } from "../../src/key-vault/key-vault.ts";
import { createResourceManager } from "../../src/resource-manager/resource-manager.ts";
import { createMetadata } from "../../src/surroundings/cloud-metadata.ts";
import { homeOwner } from "./home-owner.ts";

// Document: RFC 9110 section 5.6.4, quoted strings. Applications choose the identifiers that are audiences of their tokens.

it("refuses a token for an application whose identifier no header can have", async () => {
  const { tenants, appService, principal, group } = await homeOwner();
  const target = { name: "application", audience: 'api://"漢\\' } as const;
  const { token } = await issueApplicationToken(tenants.azure, principal, target);
  const app = createResourceManager(
    tenants.azure,
    appService,
    createKeyVault(tenants.azure),
    createMetadata(tenants.azure),
  );
  const headers = { authorization: `Bearer ${token}` };
  const url = `https://localhost:9002${group}?api-version=2022-12-01`;
  const answer = await app.request(url, { headers });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({
    error: {
      code: "InvalidAuthenticationTokenAudience",
      message: expect.stringContaining(`wrong audience or resource '${target.audience}'`),
    },
  });
  expect(answer.headers.get("www-authenticate")).toContain(
    String.raw`wrong audience or resource 'api://\"?\\'`,
  );
});
