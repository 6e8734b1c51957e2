import { services } from "../../readme/services.ts";
import type { Route } from "../../src/service/route.ts";
import type { FuzzService } from "./fuzz-service.ts";
import type { FuzzTarget } from "./fuzz-target.ts";
import { entraService } from "./services/entra.ts";
import { graphService } from "./services/graph.ts";
import { identityEndpointService, metadataServiceOfMachine } from "./services/hosts.ts";
import { managementService } from "./services/management.ts";
import { scmService } from "./services/scm.ts";
import { storageService } from "./services/storage.ts";
import { controlService, metadataService, oidcService } from "./services/surroundings.ts";
import { vaultService } from "./services/vault.ts";

type Make = (target: FuzzTarget, routes: readonly Route[]) => FuzzService | Promise<FuzzService>;

/** How to fuzz each service of the support table, by a short name, and the table's own. */
const makers: Readonly<Record<string, readonly [table: string, make: Make]>> = {
  entra: ["Microsoft Entra (login endpoint)", entraService],
  graph: ["Microsoft Graph (v1.0 and beta)", graphService],
  "key-vault": ["Key Vault", vaultService],
  "resource-manager": ["Azure Resource Manager", managementService],
  storage: ["Blob storage", storageService],
  scm: ["App Service: SCM site of a site", scmService],
  "managed-identity": ["Managed identity endpoint of App Service", identityEndpointService],
  "instance-metadata": ["Instance metadata service of a virtual machine", metadataServiceOfMachine],
  metadata: ["Cloud metadata", metadataService],
  oidc: ["GitHub Actions' OIDC issuer", oidcService],
  control: ["", controlService],
};

/** Names of what can be fuzzed. */
export const fuzzedNames = Object.keys(makers);

/** One service to be fuzzed with the routes that its support table lists. Throws for a name that is none. */
export async function fuzzService(name: string, target: FuzzTarget): Promise<FuzzService> {
  const [table, make] = makers[name] ?? [];
  if (make === undefined)
    throw new Error(`no service "${name}" to fuzz; there are ${fuzzedNames.join(", ")}`);
  const listed = (await services()).find((service) => service.name === table);
  return make(target, listed?.routes ?? []);
}
