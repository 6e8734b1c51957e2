import { createHmac } from "node:crypto";
import { decodeJwt, decodeProtectedHeader, exportSPKI } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { verifyBearer, type BearerRefusal } from "./bearer.ts";
import { mint, requestToken } from "./entra/exchange-client.ts";
import { HOME, RESOURCE, twoTenants, type TwoTenants } from "./two-tenants.ts";

const STORAGE = ["https://storage.azure.com"];

let world: TwoTenants;
let token: string;
beforeEach(async () => {
  world = await twoTenants();
  token = await storageToken();
});

describe("Access tokens, validation (access-tokens#validate-tokens)", () => {
  it("names the caller of a good token", async () => {
    expect(await verifyBearer(world.azure, `Bearer ${token}`, STORAGE)).toMatchObject({
      tenantId: RESOURCE,
      objectId: world.principal.objectId,
      appId: world.application.appId,
    });
  });

  it("refuses a request without Authorization header", async () => {
    await refused(undefined, "missing", "the request has no Authorization header");
  });

  it.each([
    "SharedKey account:signature",
    "Bearer",
    "Bearer a b",
    "Bearer nonsense",
    "Bearer a.b.c",
  ])("refuses the header %s", async (header) => {
    await expect(verifyBearer(world.azure, header, STORAGE)).rejects.toMatchObject({
      reason: "malformed",
    });
  });

  it("refuses a token for another audience", async () => {
    const audiences = ["https://management.azure.com"];
    await expect(verifyBearer(world.azure, `Bearer ${token}`, audiences)).rejects.toMatchObject({
      reason: "audience",
      message: "the token is for another audience",
    });
  });

  it("refuses an expired token from its very second on", async () => {
    world.clock.milliseconds = (decodeJwt(token).exp ?? 0) * 1000;
    await refused(token, "lifetime", "the token is expired");
  });

  it("refuses a token that is not yet valid", async () => {
    const nbf = world.clock.milliseconds / 1000 + 1;
    const early = await mint(world.azure, RESOURCE, { ...decodeJwt(token), nbf });
    await refused(early, "lifetime", "the token is not yet valid");
  });

  it("refuses a token without lifetime", async () => {
    const eternal = await mint(world.azure, RESOURCE, { ...decodeJwt(token), exp: undefined });
    await refused(eternal, "lifetime", "the token has no lifetime");
  });

  it("refuses an issuer that is no local tenant", async () => {
    const iss = "https://sts.windows.net/33333333-3333-4333-8333-333333333333/";
    const foreign = await mint(world.azure, RESOURCE, { ...decodeJwt(token), iss });
    await refused(foreign, "issuer", "the token's issuer is no tenant of this cloud");
  });

  it("refuses a tenant id that is not the issuer's", async () => {
    const mixed = await mint(world.azure, RESOURCE, { ...decodeJwt(token), tid: HOME });
    await refused(mixed, "issuer", "the token's issuer is no tenant of this cloud");
  });

  it("refuses alg none", async () => {
    const header = segment({ ...decodeProtectedHeader(token), alg: "none" });
    await refused(
      `${header}.${token.split(".")[1]}.`,
      "signature",
      "the token's signature is invalid",
    );
  });

  it("refuses HS256 keyed with the issuer's public key", async () => {
    const key = world.azure.keys.get(RESOURCE);
    if (key === undefined) throw new Error("no key");
    const header = segment({ ...decodeProtectedHeader(token), alg: "HS256" });
    const signed = `${header}.${token.split(".")[1]}`;
    const mac = createHmac("sha256", await exportSPKI(key.publicKey)).update(signed);
    const forged = `${signed}.${mac.digest("base64url")}`;
    await refused(forged, "signature", "the token's signature is invalid");
  });

  it("refuses a tampered claim", async () => {
    const [header, , signature] = token.split(".");
    const claims = segment({ ...decodeJwt(token), oid: world.identity.objectId });
    await refused(
      `${header}.${claims}.${signature}`,
      "signature",
      "the token's signature is invalid",
    );
  });

  it("refuses another tenant's key, under its own key id and under the issuer's", async () => {
    const { kid } = decodeProtectedHeader(token);
    const claims = decodeJwt(token);
    const unknown = await mint(world.azure, HOME, claims);
    await refused(unknown, "signature", "the token's signing key is not the issuer's");
    const forged = await mint(world.azure, HOME, claims, kid);
    await refused(forged, "signature", "the token's signature is invalid");
  });
});

async function refused(bad: string | undefined, reason: BearerRefusal, message: string) {
  const header = bad === undefined ? undefined : `Bearer ${bad}`;
  await expect(verifyBearer(world.azure, header, STORAGE)).rejects.toMatchObject({
    reason,
    message,
  });
}

async function storageToken(): Promise<string> {
  const body = (await (await requestToken(world)).json()) as { access_token: string };
  return body.access_token;
}

function segment(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
