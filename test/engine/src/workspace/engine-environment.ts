import type { Connection } from "./connection.ts";

/**
 * The environment of the engine on the local Azure: the user's own, without what would sign in elsewhere or lead to the
 * user's own Pulumi login, and with the way to the local Azure.
 */
export function engineEnvironment(
  ambient: NodeJS.ProcessEnv,
  azure: Connection,
): NodeJS.ProcessEnv {
  const kept = Object.entries(ambient).filter(([name]) => !/^(ARM|AZURE|PULUMI)_/.test(name));
  return {
    ...Object.fromEntries(kept),
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    ACTIONS_ID_TOKEN_REQUEST_URL: azure.oidc.requestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: azure.oidc.requestToken,
    ARM_METADATA_HOSTNAME: azure.metadataHost,
    // Node's processes read the first, the engine (Go) the second.
    NODE_EXTRA_CA_CERTS: azure.caFile,
    SSL_CERT_FILE: azure.caFile,
    ...withoutProxy(ambient),
  };
}

/**
 * Microsoft's clients would send requests to the loopback address through a proxy, and so would the program its own to the
 * engine: grpc-js reads these names in lower case alone (its http_proxy.ts), the first of them before the second.
 */
function withoutProxy(ambient: NodeJS.ProcessEnv): Record<string, string> {
  const names = ["no_grpc_proxy", "no_proxy", "NO_PROXY"];
  const hosts = [...names.map((name) => ambient[name]), "localhost,127.0.0.1"].filter(Boolean);
  return Object.fromEntries(names.map((name) => [name, hosts.join(",")]));
}
