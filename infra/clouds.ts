/** Azure's own clouds, by the names that the providers have for them. */
export const environments = ["public", "usgovernment", "china"] as const;
export type Environment = (typeof environments)[number];

/** The addresses and names of one Azure cloud that this program and the site need. */
export interface Cloud {
  /** Origin of Microsoft Entra's login endpoint, no trailing slash. */
  readonly loginEndpoint: string;
  /** Origin of Azure Resource Manager, no trailing slash. */
  readonly resourceManager: string;
  /** Audience of a federated identity credential. */
  readonly exchangeAudience: string;
  /** What storage hosts end with, without the service's label: core.windows.net. */
  readonly storageSuffix: string;
  /** `host[:port]` of the metadata that describes a custom cloud. */
  readonly metadataHost: string | undefined;
}

// https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
// https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity
export const clouds: Readonly<Record<Environment, Cloud>> = {
  public: {
    loginEndpoint: "https://login.microsoftonline.com",
    resourceManager: "https://management.azure.com",
    exchangeAudience: "api://AzureADTokenExchange",
    storageSuffix: "core.windows.net",
    metadataHost: undefined,
  },
  usgovernment: {
    loginEndpoint: "https://login.microsoftonline.us",
    resourceManager: "https://management.usgovcloudapi.net",
    exchangeAudience: "api://AzureADTokenExchangeUSGov",
    storageSuffix: "core.usgovcloudapi.net",
    metadataHost: undefined,
  },
  china: {
    loginEndpoint: "https://login.partner.microsoftonline.cn",
    resourceManager: "https://management.chinacloudapi.cn",
    exchangeAudience: "api://AzureADTokenExchangeChina",
    storageSuffix: "core.chinacloudapi.cn",
    metadataHost: undefined,
  },
};
