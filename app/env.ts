import * as v from "valibot";
import { targets } from "./target.ts";
import { text } from "./text.ts";

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

// Each of these would make @azure/identity or MSAL sign in by other means or at another place.
const divertingNames = [
  "AZURE_CLIENT_ID",
  "AZURE_TENANT_ID",
  "AZURE_CLIENT_SECRET",
  "AZURE_FEDERATED_TOKEN_FILE",
  "AZURE_REGIONAL_AUTHORITY_NAME",
  "IDENTITY_SERVER_THUMBPRINT",
] as const;
const diverting = v.never(
  "is set; it would divert the managed identity: remove it from the app settings",
);

/** The site's settings, all of them public: there is no secret to configure. */
export type Settings = Readonly<v.InferOutput<ReturnType<typeof settings>>>;

function settings(storageSuffix: string) {
  return v.pipe(
    v.object({
      PORT: v.pipe(text(/^\d{1,5}$/, "a port number"), v.transform(Number)),
      HOST: v.optional(v.string()),
      APPLICATION_CLIENT_ID: text(guid, "the application's client id"),
      MANAGED_IDENTITY_CLIENT_ID: text(guid, "a client id"),
      MANAGED_IDENTITY_PRINCIPAL_ID: text(guid, "a principal id"),
      MANAGED_IDENTITY_ISSUER: text(/^https:\/\/\S+$/, "an https address"),
      AUTHORITY_HOST: text(/^https:\/\/[a-z0-9.:-]+$/, "an https origin"),
      EXCHANGE_AUDIENCE: text(/^api:\/\/\w+$/, "an audience, api://..."),
      STORAGE_SUFFIX: text(/^[a-z0-9.-]+$/, "a host name suffix"),
      TARGETS: targets(storageSuffix),
      MAX_BLOB_BYTES: v.optional(text(/^[1-9]\d{0,14}$/, "a number of bytes"), `${2 ** 30}`),
      IDENTITY_ENDPOINT: v.optional(v.string()),
      IDENTITY_HEADER: v.optional(v.string()),
      ...v.entriesFromList(divertingNames, v.optional(diverting)),
    }),
    // Without them the SDK would silently ask a virtual machine's metadata service instead. Their
    // values are not shown: the header is what a caller proves itself with to the endpoint.
    v.partialCheck(
      [["IDENTITY_ENDPOINT"], ["IDENTITY_HEADER"]],
      (env) => Boolean(env.IDENTITY_ENDPOINT && env.IDENTITY_HEADER),
      "IDENTITY_ENDPOINT and IDENTITY_HEADER are not both set; App Service sets them once the " +
        "site has a managed identity: assign the identity and restart the site",
    ),
    v.transform((env) => ({
      port: env.PORT,
      /** Address to listen on; every interface by default, as App Service's front end needs. */
      host: env.HOST,
      applicationClientId: env.APPLICATION_CLIENT_ID,
      managedIdentityClientId: env.MANAGED_IDENTITY_CLIENT_ID,
      managedIdentityPrincipalId: env.MANAGED_IDENTITY_PRINCIPAL_ID,
      /** Issuer of the identity's tokens, which the federated credential names. */
      managedIdentityIssuer: env.MANAGED_IDENTITY_ISSUER,
      authorityHost: env.AUTHORITY_HOST,
      exchangeAudience: env.EXCHANGE_AUDIENCE,
      storageSuffix: env.STORAGE_SUFFIX,
      targets: env.TARGETS,
      maxBlobBytes: Number(env.MAX_BLOB_BYTES),
    })),
  );
}

/** Reads the settings once, at start; throws ONE error that names every problem. */
export function parseEnvironment(env: Readonly<Record<string, string | undefined>>): Settings {
  const { issues, output, success } = v.safeParse(settings(env["STORAGE_SUFFIX"] ?? ""), env);
  if (success) return output;
  const problems = issues.map((issue) => {
    const key = v.getDotPath(issue)?.replace(/\.(\d+)(?=\.|$)/g, "[$1]");
    return key === undefined ? issue.message : `${key} ${issue.message}`;
  });
  throw new Error(`the site's settings are not usable:\n- ${problems.join("\n- ")}`);
}
