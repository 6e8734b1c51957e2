import { createAppService } from "../src/app-service/app-service.ts";
import { identityEndpointRoutes, scmRoutes } from "../src/app-service/routes.ts";
import { issueManagedIdentityToken } from "../src/entra/issue-token.ts";
import { entraRoutes } from "../src/entra/routes.ts";
import { graphRoutes } from "../src/graph/routes.ts";
import { machineRoutes } from "../src/instance-metadata/routes.ts";
import { createKeyVault } from "../src/key-vault/key-vault.ts";
import { vaultRoutes } from "../src/key-vault/routes.ts";
import { operationGroups, resourceManagerRoutes } from "../src/resource-manager/routes.ts";
import type { Route } from "../src/service/route.ts";
import { dataLakeRoutes, storageRoutes } from "../src/storage/routes.ts";
import { githubRoutes, metadataRoutes } from "../src/surroundings/routes.ts";
import { unstartedAzure } from "./unstarted-azure.ts";

/** One service of the local Azure as its support table shows it. */
export interface Service {
  readonly name: string;
  readonly routes: readonly Route[];
}

/** Every service that a client may call, in the order of the table. */
export async function services(): Promise<Service[]> {
  const azure = await unstartedAzure();
  const groups = operationGroups(
    createAppService(azure, issueManagedIdentityToken),
    createKeyVault(azure),
  );
  return [
    { name: "Microsoft Entra (login endpoint)", routes: entraRoutes },
    { name: "Managed identity endpoint of App Service", routes: identityEndpointRoutes },
    { name: "Instance metadata service of a virtual machine", routes: machineRoutes },
    { name: "Microsoft Graph (v1.0 and beta)", routes: graphRoutes },
    {
      name: "Azure Resource Manager",
      routes: [...metadataRoutes, ...resourceManagerRoutes(groups)],
    },
    { name: "App Service: SCM site of a site", routes: scmRoutes },
    { name: "Blob storage", routes: storageRoutes },
    { name: "Data Lake Storage", routes: dataLakeRoutes },
    { name: "Key Vault", routes: vaultRoutes },
    { name: "Cloud metadata", routes: metadataRoutes },
    { name: "GitHub Actions' OIDC issuer", routes: githubRoutes },
  ];
}
