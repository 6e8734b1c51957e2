import { Hono } from "hono";
import type { Azure } from "./azure.ts";
import { vaultDnsSuffix } from "./key-vault/vault-address.ts";
import { notEmulated } from "./not-emulated.ts";

/**
 * The metadata endpoint by which Azure's tools learn a cloud (learn.microsoft.com/azure/azure-stack, "Get endpoints
 * metadata"). It is public, here as on Azure. Later API versions answer one cloud, earlier ones a list.
 */
export function createMetadata(azure: Azure): Hono {
  const app = new Hono();
  app.use(azure.traffic.middleware("metadata"));
  app.get("/metadata/endpoints", (c) => {
    const version = c.req.query("api-version");
    if (version === "2022-09-01") return c.json(describeCloud(azure));
    if (version === "2019-05-01") return c.json([describeCloud(azure)]);
    const message = `api-version '${version ?? ""}' of metadata/endpoints is not emulated; '2022-09-01' and '2019-05-01' are`;
    return c.json({ error: { code: "NotImplemented", message } }, 501);
  });
  app.notFound(notEmulated);
  return app;
}

function describeCloud({ endpoints }: Azure) {
  const { login, resourceManager, graph } = endpoints;
  return {
    name: "LocalAzure",
    portal: endpoints.metadata,
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
    suffixes: { storage: "localhost", keyVaultDns: vaultDnsSuffix(endpoints) },
  };
}
