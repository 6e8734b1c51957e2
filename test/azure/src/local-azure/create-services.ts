import { createAppService } from "../app-service/app-service.ts";
import { createEntra } from "../entra/entra.ts";
import { issueManagedIdentityToken } from "../entra/issue-token.ts";
import { createGraph } from "../graph/graph.ts";
import type { FetchApp } from "../http/request-listener.ts";
import { InstanceMetadata } from "../instance-metadata/instance-metadata.ts";
import { createKeyVault } from "../key-vault/key-vault.ts";
import { createResourceManager } from "../resource-manager/resource-manager.ts";
import type { Azure } from "../service/azure.ts";
import type { StorageFront } from "../storage/storage.ts";
import { createMetadata } from "../surroundings/cloud-metadata.ts";
import { createGithubOidc } from "../surroundings/github-oidc.ts";
import type { Endpoints } from "../world/endpoints.ts";
import { createControl } from "./control/fault-control.ts";
import { createHostControl } from "./control/host-control.ts";
import { createHostEnvironment, type HostEnvironment } from "./control/host-environment.ts";
import type { HostServices } from "./persistence/resume-hosts.ts";
import type { OwnTokens } from "./persistence/saved.ts";

/** The services of one Azure, of which none listens yet. */
export interface CreatedServices {
  /** Those that listen for single resources, once there are any. */
  readonly hosts: HostServices;
  readonly hostEnvironment: HostEnvironment;
  /** What each service answers at its own origin. */
  readonly apps: Readonly<Record<keyof Endpoints, FetchApp>>;
}

/** Makes every service known to those that need it; storage has been started before. */
export function createServices(
  azure: Azure,
  storage: StorageFront,
  ownTokens: OwnTokens,
): CreatedServices {
  const appService = createAppService(azure, issueManagedIdentityToken);
  const instanceMetadata = new InstanceMetadata(azure, issueManagedIdentityToken);
  const keyVault = createKeyVault(azure);
  const hostEnvironment = createHostEnvironment(azure, appService, instanceMetadata);
  const faultControl = createControl(azure.traffic.faults, ownTokens.control);
  return {
    hosts: { appService, instanceMetadata, keyVault },
    hostEnvironment,
    apps: {
      metadata: createMetadata(azure),
      login: createEntra(azure),
      resourceManager: createResourceManager(azure, appService, keyVault, createMetadata(azure)),
      graph: createGraph(azure),
      storage: storage.app,
      keyVault: keyVault.app,
      oidc: createGithubOidc(azure, ownTokens.oidc),
      control: faultControl.route("/", createHostControl(hostEnvironment)),
    },
  };
}
