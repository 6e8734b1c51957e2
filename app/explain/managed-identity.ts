import type { Explanation, Failure, Row } from "./row.ts";

const declared =
  "with this project's stack run `pulumi up --refresh`, `WebHost` assigns it and `siteSettings` names it";
const unknownSource = /unknown source/i;
const byItself = "the site asks again by itself";

/** How the managed identity's endpoint fails. */
export const identityRows: readonly Row[] = [
  // App Service's identity endpoint, or a machine's instance metadata service, refused: signs from
  // App Service "overview-managed-identity" and "how-to-use-vm-token", texts as seen in the wild.
  {
    sign: '"No User Assigned or Delegated Managed Identity found" or "No MSI found"',
    matches: says(/No (User Assigned or Delegated Managed Identity|MSI) found/i),
    cause:
      "identity {managedIdentityClientId} is not assigned to this site, or MANAGED_IDENTITY_CLIENT_ID is not its client id",
    fix: `assign it to the site (Identity, User assigned) and restart the site; ${declared}`,
  },
  {
    sign: '"Unable to load the proper Managed Identity"',
    matches: says(/Unable to load the proper Managed Identity/i),
    cause:
      "the site has no managed identity, or lost identity {managedIdentityClientId} while it ran",
    fix: `assign the identity to the site (Identity, User assigned) and restart the site; ${declared}`,
  },
  {
    // Metadata service.
    sign: '"Identity not found"',
    matches: says(/Identity not found/i),
    cause: "no identity with client id {managedIdentityClientId} is assigned to this machine",
    fix: "assign the user-assigned identity to the machine, or correct MANAGED_IDENTITY_CLIENT_ID",
  },
  {
    sign: '"Multiple user assigned identities exist"',
    matches: says(/Multiple user assigned identities exist/i),
    cause:
      "the machine has several identities and the request did not name identity {managedIdentityClientId}",
    fix: "set MANAGED_IDENTITY_CLIENT_ID to the identity's client id, and publish the site's package again with `pulumi up --refresh`",
  },
  {
    sign: '"Required metadata header not specified"',
    matches: says(/Required metadata header not specified/i),
    cause:
      "the request reached the metadata service without its Metadata header: a proxy stands between, and the service must not be asked through one",
    fix: "take the metadata address out of the proxy's reach (NO_PROXY), and restart the site",
  },
  {
    aadsts: [50001, 500011],
    cause:
      "the home tenant issues no token for {exchangeAudience}: it is not this cloud's token-exchange audience",
    fix: "set EXCHANGE_AUDIENCE to api://AzureADTokenExchange (public), api://AzureADTokenExchangeUSGov or api://AzureADTokenExchangeChina; with this project's stack correct `environment` and run `pulumi up`",
  },
  {
    sign: '"Unknown Source"',
    matches: says(unknownSource),
    cause: "the metadata service does not know the address the request came from or was sent to",
    fix: "run the site on the machine that has the identity, without a proxy or another container's network between, and ask the address that the platform names",
  },
  {
    // What the body of this 401 says is not documented.
    sign: "401",
    matches: (failure) => failure.details.upstreamStatus === 401 && !says(unknownSource)(failure),
    cause:
      "the identity endpoint did not accept IDENTITY_HEADER: the platform has changed it, or an app setting of that name hides the platform's",
    fix: "remove IDENTITY_ENDPOINT and IDENTITY_HEADER from the app settings if they are there, and restart the site, which then gets the current ones",
  },

  // The identity endpoint could not be reached, or could not answer now.
  {
    // "how-to-use-vm-token": the metadata service is updating; 410 is over within 70 seconds.
    sign: "404, 410",
    matches: ({ details }) => details.upstreamStatus === 404 || details.upstreamStatus === 410,
    cause: "the identity endpoint is being updated",
    fix: `${byItself}, usually within 70 seconds; when it stays, IDENTITY_ENDPOINT is not the address the platform set: remove it from the app settings and restart the site`,
  },
  {
    // "managed-identities-faq": 20 requests a second and 5 at a time for each machine.
    sign: "429",
    matches: ({ details }) => details.upstreamStatus === 429,
    cause:
      "the identity endpoint throttles: something on this machine asks it very often; this site asks with one request at a time",
    fix: `${byItself}; look for other programs on the machine that fetch tokens without keeping them`,
  },
  {
    sign: "5xx, or not JSON",
    matches: unavailable,
    cause:
      "the identity endpoint could not fetch a token of identity {managedIdentityClientId} from Entra: an outage, or the identity was made or deleted a moment ago",
    fix: `${byItself}; when it stays, make sure that the identity with principalId {managedIdentityPrincipalId} exists in the home tenant (\`pulumi up --refresh\`), and restart the site`,
  },
  {
    sign: '"the answer is a token that expired"',
    matches: ({ details }) => details.expiredToken === true,
    cause:
      "the identity endpoint gave a token of identity {managedIdentityClientId} that had expired by this machine's clock: the clock is wrong, or the platform's own cache is stuck",
    fix: "compare the times in the message with the right time; when the clock is right, restart the site",
  },
  {
    sign: "a socket error code, e.g. ECONNREFUSED",
    matches: ({ details }) => details.network !== undefined,
    cause:
      "nothing answers at IDENTITY_ENDPOINT: the endpoint is still starting, is switched off (WEBSITE_DISABLE_MSI), or the address is not the one the platform set",
    fix: `${byItself}; when it stays, remove WEBSITE_DISABLE_MSI, IDENTITY_ENDPOINT and IDENTITY_HEADER from the app settings and restart the site`,
  },
  {
    sign: "ERR_UPSTREAM_DEADLINE",
    matches: ({ code }) => code === "ERR_UPSTREAM_DEADLINE",
    cause: "the identity endpoint gave no token of identity {managedIdentityClientId} in time",
    fix: `${byItself}; when it stays, restart the site, and look at the status page of App Service`,
  },
];

/** What can be said of a failure that no row knows. */
export const unknownIdentityFailure: Explanation = {
  cause:
    "the identity endpoint gave no token of identity {managedIdentityClientId}, for a reason this site does not know ({said})",
  fix: "make sure that the identity with principalId {managedIdentityPrincipalId} exists in the home tenant and is assigned to this site, run `pulumi up --refresh` and restart the site; then look in the home tenant's sign-in log, under managed identity sign-ins, for {ids}",
};

function says(text: RegExp): (failure: Failure) => boolean {
  return ({ message }) => text.test(message);
}

function unavailable({ code, details }: Failure): boolean {
  const { upstreamStatus = 0, network, expiredToken } = details;
  if (network !== undefined || expiredToken) return false;
  return code === "ERR_UPSTREAM_UNAVAILABLE" && ![404, 410, 429].includes(upstreamStatus);
}
