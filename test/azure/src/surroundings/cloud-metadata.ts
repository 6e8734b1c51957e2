import { Hono } from "hono";
import type { Azure } from "../service/azure.ts";
import { notEmulated } from "../service/not-emulated-route.ts";
import { storageDnsSuffix } from "../world/names/blob-address.ts";
import { vaultDnsSuffix } from "../world/names/vault-address.ts";

/**
 * The metadata endpoint by which Azure's tools learn a cloud (learn.microsoft.com/azure/azure-stack, "Get endpoints
 * metadata"). It is public, here as on Azure. Later API versions answer one cloud, earlier ones a list.
 */
export function createMetadata(azure: Azure): Hono {
  const app = new Hono();
  app.use(azure.traffic.middleware("metadata"));
  app.get("/metadata/endpoints", (c) => {
    const version = c.req.query("api-version");
    if (version === "2023-11-01" || version === "2022-09-01") return c.json(describeCloud(azure));
    if (version === "2019-05-01") return c.json([describeCloud(azure)]);
    if (version === "2015-01-01" || version === "1.0") return c.json(describeStack(azure));
    const message = `api-version '${version ?? ""}' of metadata/endpoints is not emulated; '2023-11-01', '2022-09-01', '2019-05-01', '2015-01-01' and '1.0' are`;
    return c.json({ error: { code: "NotImplemented", message } }, 501);
  });
  app.notFound(notEmulated);
  return app;
}

/**
 * One cloud, with every field that Azure's own has, because clients fail on a missing one (the Azure CLI on `batch`, say).
 * The services that do not exist here are all at this endpoint, which answers 501.
 */
function describeCloud(azure: Azure) {
  const { endpoints } = azure;
  const { login, resourceManager, graph, metadata } = endpoints;
  return {
    name: "LocalAzure",
    portal: metadata,
    authentication: {
      loginEndpoint: login,
      audiences: [
        resourceManager,
        "https://management.core.windows.net/",
        "https://management.azure.com/",
      ],
      tenant: "common",
      identityProvider: "AAD",
    },
    resourceManager,
    microsoftGraphResourceId: graph,
    graph,
    graphAudience: graph,
    // What SCM sites take tokens for: in national clouds Resource Manager's, and so here (azure-cli's cloud.py).
    appServiceResourceId: resourceManager,
    suffixes: describeSuffixes(azure),
    ...Object.fromEntries(absentServices.map((name) => [name, `${metadata}/${name}`])),
  };
}

/**
 * The first form, by which tools of Azure Stack and older clients learn a cloud: go-autorest with 1.0, msrestazure with
 * 2015-01-01 (learn.microsoft.com/azure-stack/user/azure-stack-rest-api-use).
 */
function describeStack({ endpoints }: Azure) {
  const { login, resourceManager, graph, metadata } = endpoints;
  return {
    galleryEndpoint: `${metadata}/gallery`,
    graphEndpoint: graph,
    portalEndpoint: metadata,
    authentication: { loginEndpoint: login, audiences: [resourceManager] },
  };
}

const absentServices = [
  "activeDirectoryDataLake",
  "appInsightsResourceId",
  "appInsightsTelemetryChannelResourceId",
  "attestationResourceId",
  "batch",
  "gallery",
  "logAnalyticsResourceId",
  "media",
  "ossrDbmsResourceId",
  "sqlManagement",
  "synapseAnalyticsResourceId",
  "vmImageAliasDoc",
];

/** Only storage and vaults exist; the other names lead to no server. */
function describeSuffixes(azure: Azure) {
  return {
    storage: storageDnsSuffix(azure),
    keyVaultDns: vaultDnsSuffix(azure.endpoints),
    acrLoginServer: "azurecr.localhost",
    attestationEndpoint: "attest.localhost",
    azureDataLakeAnalyticsCatalogAndJob: "azuredatalakeanalytics.localhost",
    azureDataLakeStoreFileSystem: "azuredatalakestore.localhost",
    azureFrontDoorEndpointSuffix: "azurefd.localhost",
    mariadbServerEndpoint: "mariadb.database.localhost",
    mhsmDns: "managedhsm.localhost",
    mysqlServerEndpoint: "mysql.database.localhost",
    postgresqlServerEndpoint: "postgres.database.localhost",
    sqlServerHostname: "database.localhost",
    storageSyncEndpointSuffix: "afs.localhost",
    synapseAnalytics: "dev.azuresynapse.localhost",
  };
}
