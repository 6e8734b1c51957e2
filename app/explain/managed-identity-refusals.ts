import type { SiteFacts } from "./facts.ts";
import type { Failure, Refusal } from "./refusal.ts";

const unknownSource = /unknown source/i;

/**
 * App Service's identity endpoint, or a machine's instance metadata service, refused: signs from
 * App Service "overview-managed-identity" and "how-to-use-vm-token", texts as seen in the wild.
 */
export const managedIdentityRefusals: readonly Refusal<SiteFacts>[] = [
  {
    sign: '"No User Assigned or Delegated Managed Identity found" or "No MSI found"',
    matches: says(/No (User Assigned or Delegated Managed Identity|MSI) found/i),
    explain: ({ managedIdentityClientId }) => ({
      cause: `identity ${managedIdentityClientId} is not assigned to this site, or MANAGED_IDENTITY_CLIENT_ID is not its client id`,
      fix: `assign it to the site (Identity, User assigned) and restart the site; ${declared}`,
    }),
  },
  {
    sign: '"Unable to load the proper Managed Identity"',
    matches: says(/Unable to load the proper Managed Identity/i),
    explain: ({ managedIdentityClientId }) => ({
      cause: `the site has no managed identity, or lost identity ${managedIdentityClientId} while it ran`,
      fix: `assign the identity to the site (Identity, User assigned) and restart the site; ${declared}`,
    }),
  },
  {
    // Metadata service.
    sign: '"Identity not found"',
    matches: says(/Identity not found/i),
    explain: ({ managedIdentityClientId }) => ({
      cause: `no identity with client id ${managedIdentityClientId} is assigned to this machine`,
      fix: "assign the user-assigned identity to the machine, or correct MANAGED_IDENTITY_CLIENT_ID",
    }),
  },
  {
    sign: '"Multiple user assigned identities exist"',
    matches: says(/Multiple user assigned identities exist/i),
    explain: ({ managedIdentityClientId }) => ({
      cause: `the machine has several identities and the request did not name identity ${managedIdentityClientId}`,
      fix: "set MANAGED_IDENTITY_CLIENT_ID to the identity's client id, and publish the site's package again with `pulumi up --refresh`",
    }),
  },
  {
    sign: '"Required metadata header not specified"',
    matches: says(/Required metadata header not specified/i),
    explain: () => ({
      cause:
        "the request reached the metadata service without its Metadata header: a proxy stands between, and the service must not be asked through one",
      fix: "take the metadata address out of the proxy's reach (NO_PROXY), and restart the site",
    }),
  },
  {
    sign: "AADSTS50001, AADSTS500011",
    matches: ({ details }) => details.aadsts === 50001 || details.aadsts === 500011,
    explain: ({ exchangeAudience }) => ({
      cause: `the home tenant issues no token for ${exchangeAudience}: it is not this cloud's token-exchange audience`,
      fix: "set EXCHANGE_AUDIENCE to api://AzureADTokenExchange (public), api://AzureADTokenExchangeUSGov or api://AzureADTokenExchangeChina; with this project's stack correct `environment` and run `pulumi up`",
    }),
  },
  {
    sign: '"Unknown Source"',
    matches: says(unknownSource),
    explain: () => ({
      cause: "the metadata service does not know the address the request came from or was sent to",
      fix: "run the site on the machine that has the identity, without a proxy or another container's network between, and ask the address that the platform names",
    }),
  },
  {
    // What the body of this 401 says is not documented.
    sign: "401",
    matches: (failure) => failure.details.upstreamStatus === 401 && !says(unknownSource)(failure),
    explain: () => ({
      cause:
        "the identity endpoint did not accept IDENTITY_HEADER: the platform has changed it, or an app setting of that name hides the platform's",
      fix: "remove IDENTITY_ENDPOINT and IDENTITY_HEADER from the app settings if they are there, and restart the site, which then gets the current ones",
    }),
  },
];

const declared =
  "with this project's stack run `pulumi up --refresh`, `WebHost` assigns it and `siteSettings` names it";

function says(text: RegExp): (failure: Failure) => boolean {
  return ({ message }) => text.test(message);
}
