/** Where a cloud's services are, as its metadata host says. */
export interface Cloud {
  readonly loginEndpoint: string;
  readonly resourceManager: string;
  /** The scope of a Resource Manager token. */
  readonly resourceManagerScope: string;
  readonly graph: string;
  readonly graphScope: string;
}

interface Metadata {
  readonly resourceManager: string;
  readonly microsoftGraphResourceId: string;
  readonly authentication: {
    readonly loginEndpoint: string;
    readonly audiences: readonly string[];
  };
}

/**
 * Asks a metadata host, as both real providers do (azure-native: FromMetadataEndpoint in provider/pkg/azure/cloud; azuread:
 * FromEndpoint in go-azure-sdk/sdk/environments): Graph's address is `microsoftGraphResourceId`, Resource Manager's
 * audience the first of `authentication.audiences`.
 *
 * @param metadataHost host and port
 */
export async function readCloud(metadataHost: string, signal: AbortSignal): Promise<Cloud> {
  const url = `https://${metadataHost}/metadata/endpoints?api-version=2022-09-01`;
  const response = await fetch(url, { signal });
  if (!response.ok) {
    throw new Error(
      `metadata host "${metadataHost}" answered status ${response.status} to GET ${url}`,
    );
  }
  const metadata = (await response.json()) as Partial<Metadata>; // Checked field by field just below.
  const audience = metadata.authentication?.audiences[0];
  const { resourceManager, microsoftGraphResourceId: graph, authentication } = metadata;
  if (!resourceManager || !graph || !authentication?.loginEndpoint || !audience) {
    throw new Error(
      `metadata host "${metadataHost}" names no resourceManager, microsoftGraphResourceId, authentication.loginEndpoint or authentication.audiences`,
    );
  }
  return {
    loginEndpoint: withoutSlash(authentication.loginEndpoint),
    resourceManager: withoutSlash(resourceManager),
    resourceManagerScope: `${withoutSlash(audience)}/.default`,
    graph: withoutSlash(graph),
    graphScope: `${withoutSlash(graph)}/.default`,
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, "");
}
