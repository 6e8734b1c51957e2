import type { Target } from "../../app/target.ts";

/** A target as infra declares it, in the tenant that ends in `digit`. */
export function targetOf(name: string, tenant: string, digit: string): Target {
  return {
    name,
    tenant,
    tenantId: `00000000-0000-4000-8000-00000000000${digit}`,
    kind: "blob",
    blobEndpoint: `https://${tenant}.blob.core.windows.net`,
    container: "files",
  };
}

/** The environment of a site that starts. */
export function environment(): Record<string, string> {
  return {
    PORT: "8080",
    APPLICATION_CLIENT_ID: "aaaaaaaa-0000-4000-8000-00000000000a",
    MANAGED_IDENTITY_CLIENT_ID: "cccccccc-0000-4000-8000-00000000000c",
    MANAGED_IDENTITY_PRINCIPAL_ID: "dddddddd-0000-4000-8000-00000000000d",
    MANAGED_IDENTITY_ISSUER:
      "https://login.microsoftonline.com/eeeeeeee-0000-4000-8000-00000000000e/v2.0",
    AUTHORITY_HOST: "https://login.microsoftonline.com",
    EXCHANGE_AUDIENCE: "api://AzureADTokenExchange",
    STORAGE_SUFFIX: "core.windows.net",
    TARGETS: JSON.stringify([targetOf("invoices", "contoso", "1")]),
    IDENTITY_ENDPOINT: "http://127.0.0.1:1/msi/token",
    IDENTITY_HEADER: "canary-identity-header",
  };
}
