import { beforeAll, describe, expect, it } from "vitest";
import { createMetadata } from "../../src/surroundings/cloud-metadata.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";

let world: TwoTenants;
beforeAll(async () => {
  world = await twoTenants();
});

describe("Cloud metadata endpoints", () => {
  const cloud = {
    name: "LocalAzure",
    authentication: { loginEndpoint: "https://login.localhost", identityProvider: "AAD" },
    resourceManager: "https://management.localhost",
    microsoftGraphResourceId: "https://graph.localhost",
    appServiceResourceId: "https://management.localhost",
    suffixes: { storage: "localhost", keyVaultDns: "vault.localhost:9007" },
  };

  // The later as Microsoft's own reader of it expects it (microsoft/ga4gh-tes, CommonUtilities' AzureCloudConfig).
  it.each(["2022-09-01", "2023-11-01"])("answers one cloud to api-version %s", async (version) => {
    expect(await (await get(version)).json()).toMatchObject(cloud);
  });

  it("names the port with the suffix of storage where accounts have hosts of their own", async () => {
    const { endpoints } = world.azure;
    const azure = {
      ...world.azure,
      blobAddresses: "host",
      endpoints: { ...endpoints, storage: "https://localhost:9004" },
    } as const;
    const path = "/metadata/endpoints?api-version=2022-09-01";
    expect(await (await createMetadata(azure).request(path)).json()).toMatchObject({
      suffixes: { storage: "localhost:9004" },
    });
  });

  it("answers a list of clouds to api-version 2019-05-01", async () => {
    expect(await (await get("2019-05-01")).json()).toMatchObject([cloud]);
  });

  it.each(["2015-01-01", "1.0"])("answers the first form to api-version %s", async (version) => {
    expect(await (await get(version)).json()).toEqual({
      galleryEndpoint: expect.stringMatching(/^https:/),
      graphEndpoint: "https://graph.localhost",
      portalEndpoint: expect.stringMatching(/^https:/),
      authentication: {
        loginEndpoint: "https://login.localhost",
        audiences: ["https://management.localhost"],
      },
    });
  });

  it("names every service of a cloud, those that do not exist at an address that answers 501", async () => {
    const { batch, media, vmImageAliasDoc, suffixes } = (await (
      await get("2022-09-01")
    ).json()) as Record<string, string>;
    expect(suffixes).toMatchObject({ sqlServerHostname: "database.localhost" });
    const metadata = createMetadata(world.azure);
    for (const address of [batch, media, vmImageAliasDoc])
      expect((await metadata.request(address ?? "")).status).toBe(501);
  });

  it("answers 501 to another api-version", async () => {
    const response = await get("2020-06-01");
    expect(response.status).toBe(501);
    expect(await response.json()).toEqual({
      error: {
        code: "NotImplemented",
        message:
          "api-version '2020-06-01' of metadata/endpoints is not emulated; '2023-11-01', '2022-09-01', '2019-05-01', '2015-01-01' and '1.0' are",
      },
    });
  });
});

async function get(version: string): Promise<Response> {
  return createMetadata(world.azure).request(`/metadata/endpoints?api-version=${version}`);
}
