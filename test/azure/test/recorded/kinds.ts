/** What an exchange is about; the table of the README has a row for each. */
export interface Kind {
  readonly name: string;
  /** Whether the program of this repository reads it, so that 95 of 100 real fields are the goal, and not 85. */
  readonly used: boolean;
  readonly matches: RegExp;
}

const provider = (path: string) => new RegExp(`/providers/${path}`, "i");

/** The rows of the table. The first that matches a URL without its query is its kind. */
export const kinds: readonly Kind[] = [
  { name: "token endpoint and metadata", used: true, matches: /^https:\/\/login\./ },
  { name: "instance metadata", used: true, matches: /^http:\/\/instance-metadata\./ },
  { name: "SCM", used: true, matches: /^https:\/\/[^/]+\.scm\./ },
  {
    name: "credentials of applications",
    used: true,
    matches: /graph\..+\/federatedIdentityCredentials/i,
  },
  { name: "applications", used: true, matches: /graph\..+\/applications/i },
  { name: "service principals, directory objects", used: true, matches: /^https:\/\/graph\./ },
  { name: "blob data plane", used: false, matches: /\.blob\./ },
  { name: "secrets", used: false, matches: /\.vault\./ },
  {
    name: "role assignments",
    used: true,
    matches: provider("Microsoft.Authorization/roleAssignments"),
  },
  {
    name: "role definitions",
    used: true,
    matches: provider("Microsoft.Authorization/roleDefinitions"),
  },
  {
    name: "identities and their credentials",
    used: true,
    matches: provider("Microsoft.ManagedIdentity/"),
  },
  { name: "plans", used: true, matches: provider("Microsoft.Web/serverfarms") },
  { name: "sites and their configuration", used: true, matches: provider("Microsoft.Web/") },
  {
    name: "blob services and containers",
    used: true,
    matches: provider("Microsoft.Storage/storageAccounts/[^/]+/blobServices"),
  },
  { name: "storage accounts", used: true, matches: provider("Microsoft.Storage/") },
  { name: "vaults", used: false, matches: provider("Microsoft.KeyVault/") },
  { name: "virtual machines", used: false, matches: provider("Microsoft.Compute/") },
  {
    name: "groups, resources, tags, locks",
    used: true,
    matches: /\/(?:resourceGroups|resources|tagNames|tags|locks|operationresults)\b/i,
  },
  { name: "subscriptions and providers", used: false, matches: /^https:\/\/management\./ },
];

/** The kind of a recorded URL. */
export function kindOf(url: string): Kind {
  const address = url.replace(/\?.*$/, "");
  const kind = kinds.find(({ matches }) => matches.test(address));
  if (kind === undefined) throw new Error(`the recorded address ${address} is of no kind`);
  return kind;
}
