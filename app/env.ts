import { parseTargets, type Target } from "./target.ts";

/** The site's settings, all of them public: there is no secret to configure. */
export interface Settings {
  readonly port: number;
  /** Address to listen on; every interface by default, as App Service's front end needs. */
  readonly host?: string;
  readonly applicationClientId: string;
  readonly managedIdentityClientId: string;
  readonly managedIdentityPrincipalId: string;
  /** Issuer of the identity's tokens, which the federated credential names. */
  readonly managedIdentityIssuer: string;
  readonly authorityHost: string;
  readonly exchangeAudience: string;
  readonly storageSuffix: string;
  readonly targets: readonly Target[];
  readonly maxBlobBytes: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

const defaultMaxBlobBytes = 2 ** 30;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

// Each of these would make @azure/identity or MSAL sign in by other means or at another place.
const divertingNames = [
  "AZURE_CLIENT_ID",
  "AZURE_TENANT_ID",
  "AZURE_CLIENT_SECRET",
  "AZURE_FEDERATED_TOKEN_FILE",
  "AZURE_REGIONAL_AUTHORITY_NAME",
  "IDENTITY_SERVER_THUMBPRINT",
];

/** Reads the settings once, at start; throws ONE error that names every problem. */
export function parseEnvironment(env: Environment): Settings {
  const problems: string[] = [];
  const problem = (message: string): void => void problems.push(message);
  const text = (name: string, allowed: RegExp, meaning: string): string => {
    const value = env[name] ?? "";
    if (!allowed.test(value)) problem(`${name} is "${value}"; it must be ${meaning}`);
    return value;
  };

  const storageSuffix = text("STORAGE_SUFFIX", /^[a-z0-9.-]+$/, "a host name suffix");
  const settings: Settings = {
    port: Number(text("PORT", /^\d{1,5}$/, "a port number")),
    applicationClientId: text("APPLICATION_CLIENT_ID", guid, "the application's client id"),
    managedIdentityClientId: text("MANAGED_IDENTITY_CLIENT_ID", guid, "a client id"),
    managedIdentityPrincipalId: text("MANAGED_IDENTITY_PRINCIPAL_ID", guid, "a principal id"),
    managedIdentityIssuer: text("MANAGED_IDENTITY_ISSUER", /^https:\/\/\S+$/, "an https address"),
    authorityHost: text("AUTHORITY_HOST", /^https:\/\/[a-z0-9.:-]+$/, "an https origin"),
    exchangeAudience: text("EXCHANGE_AUDIENCE", /^api:\/\/\w+$/, "an audience, api://..."),
    storageSuffix,
    targets: parseTargets(env["TARGETS"] ?? "", storageSuffix, problem),
    ...(env["HOST"] === undefined ? {} : { host: env["HOST"] }),
    maxBlobBytes:
      env["MAX_BLOB_BYTES"] === undefined
        ? defaultMaxBlobBytes
        : Number(text("MAX_BLOB_BYTES", /^[1-9]\d{0,14}$/, "a number of bytes")),
  };
  for (const message of identityProblems(env)) problem(message);

  if (problems.length > 0) {
    throw new Error(`the site's settings are not usable:\n- ${problems.join("\n- ")}`);
  }
  return settings;
}

function* identityProblems(env: Environment): Generator<string> {
  // Without them the SDK would silently ask a virtual machine's metadata service instead. Their
  // values are not shown: the header is what a caller proves itself with to the endpoint.
  if (!env["IDENTITY_ENDPOINT"] || !env["IDENTITY_HEADER"]) {
    yield (
      "IDENTITY_ENDPOINT and IDENTITY_HEADER are not both set; App Service sets them once the " +
      "site has a managed identity: assign the identity and restart the site"
    );
  }
  for (const name of divertingNames) {
    if (env[name] !== undefined) {
      yield `${name} is set; it would divert the managed identity: remove it from the app settings`;
    }
  }
}
