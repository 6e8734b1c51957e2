import { bringsExpiredToken } from "./expired-token.ts";
import type { SiteFacts } from "./facts.ts";
import type { Failure, Refusal } from "./refusal.ts";

/** The identity endpoint could not be reached, or could not answer now. */
export const identityOutages: readonly Refusal<SiteFacts>[] = [
  {
    // "how-to-use-vm-token": the metadata service is updating; 410 is over within 70 seconds.
    sign: "404, 410",
    matches: ({ details }) => details.upstreamStatus === 404 || details.upstreamStatus === 410,
    explain: () => ({
      cause: "the identity endpoint is being updated",
      fix: `${byItself}, usually within 70 seconds; when it stays, IDENTITY_ENDPOINT is not the address the platform set: remove it from the app settings and restart the site`,
    }),
  },
  {
    // "managed-identities-faq": 20 requests a second and 5 at a time for each machine.
    sign: "429",
    matches: ({ details }) => details.upstreamStatus === 429,
    explain: () => ({
      cause:
        "the identity endpoint throttles: something on this machine asks it very often; this site asks with one request at a time",
      fix: `${byItself}; look for other programs on the machine that fetch tokens without keeping them`,
    }),
  },
  {
    sign: "5xx, or not JSON",
    matches: unavailable,
    explain: ({ managedIdentityClientId, managedIdentityPrincipalId }) => ({
      cause: `the identity endpoint could not fetch a token of identity ${managedIdentityClientId} from Entra: an outage, or the identity was made or deleted a moment ago`,
      fix: `${byItself}; when it stays, make sure that the identity with principalId ${managedIdentityPrincipalId} exists in the home tenant (\`pulumi up --refresh\`), and restart the site`,
    }),
  },
  {
    sign: '"the answer is a token that expired"',
    matches: bringsExpiredToken,
    explain: ({ managedIdentityClientId }) => ({
      cause: `the identity endpoint gave a token of identity ${managedIdentityClientId} that had expired by this machine's clock: the clock is wrong, or the platform's own cache is stuck`,
      fix: "compare the times in the message with the right time; when the clock is right, restart the site",
    }),
  },
  {
    sign: "a socket error code, e.g. ECONNREFUSED",
    matches: ({ details }) => details.network !== undefined,
    explain: () => ({
      cause:
        "nothing answers at IDENTITY_ENDPOINT: the endpoint is still starting, is switched off (WEBSITE_DISABLE_MSI), or the address is not the one the platform set",
      fix: `${byItself}; when it stays, remove WEBSITE_DISABLE_MSI, IDENTITY_ENDPOINT and IDENTITY_HEADER from the app settings and restart the site`,
    }),
  },
  {
    sign: "ERR_UPSTREAM_DEADLINE",
    matches: ({ code }) => code === "ERR_UPSTREAM_DEADLINE",
    explain: ({ managedIdentityClientId }) => ({
      cause: `the identity endpoint gave no token of identity ${managedIdentityClientId} in time`,
      fix: `${byItself}; when it stays, restart the site, and look at the status page of App Service`,
    }),
  },
];

const byItself = "the site asks again by itself";

function unavailable(failure: Failure): boolean {
  const { upstreamStatus = 0, network } = failure.details;
  if (network !== undefined || bringsExpiredToken(failure)) return false;
  return failure.code === "ERR_UPSTREAM_UNAVAILABLE" && ![404, 410, 429].includes(upstreamStatus);
}
