import type { Connection } from "../../src/local-azure/connection.ts";

/**
 * The environment of a suite: the settings by which official clients are pointed at a cloud that is not a public one, and
 * the world's ids. What a host has of its own (identity endpoint) each case sets for itself.
 */
export function suiteEnvironment(connection: Connection, world: object): NodeJS.ProcessEnv {
  const { loginEndpoint, metadataHost, oidc, caFile } = connection;
  return {
    ...process.env,
    // Authority of azure-identity and azidentity.
    AZURE_AUTHORITY_HOST: loginEndpoint,
    // The cloud's metadata, as Azure's own tools name it.
    ARM_METADATA_HOSTNAME: metadataHost,
    // What a GitHub Actions job with `id-token: write` finds.
    ACTIONS_ID_TOKEN_REQUEST_URL: oidc.requestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: oidc.requestToken,
    // Certificate authority: Python's requests, then OpenSSL and Go.
    REQUESTS_CA_BUNDLE: caFile,
    SSL_CERT_FILE: caFile,
    // A proxy is no way to loopback addresses.
    NO_PROXY: "localhost,127.0.0.1",
    CLIENTS_WORLD: JSON.stringify(world),
  };
}
