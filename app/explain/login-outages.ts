import { entraRefusal } from "./entra-refusal.ts";
import { bringsExpiredToken } from "./expired-token.ts";
import type { TargetFacts } from "./facts.ts";
import { networkFault } from "./network-fault.ts";
import type { Failure, Refusal } from "./refusal.ts";

const requestLoop = 50196;

/** The login endpoint could not be reached, or could not answer now. */
export const loginOutages: readonly Refusal<TargetFacts>[] = [
  {
    // That the numbers come with 429 or 503 is unverified; the code tells them from refusals.
    sign: "AADSTS90033, AADSTS90055, AADSTS90012, AADSTS50033, AADSTS90024, or 429, 5xx or not JSON",
    matches: unavailable,
    explain: ({ authorityHost, tenantId }) => ({
      cause: `${authorityHost} is overloaded, throttles tenant ${tenantId} or is down, or a proxy answers in its place`,
      fix: `${byItself}; when it stays, look at Azure's status page and for many instances or sites with this application`,
    }),
  },
  {
    sign: '"the answer is a token that expired"',
    matches: bringsExpiredToken,
    explain: ({ authorityHost, tenantId }) => ({
      cause: `${authorityHost} gave a token of tenant ${tenantId} that had expired on arrival by this machine's clock`,
      fix: "set the machine's clock right; when it is right, something between keeps old answers: take that proxy out of the way",
    }),
  },
  entraRefusal([requestLoop], ({ authorityHost, applicationClientId }) => ({
    cause: `${authorityHost} took many equal requests of application ${applicationClientId} within minutes for a loop`,
    fix: `${byItself}; look for a site that restarts again and again, or for other programs that use the application`,
  })),
  {
    sign: "ENOTFOUND, EAI_AGAIN",
    matches: (failure) => networkFault(failure) === "name",
    explain: ({ authorityHost }) => ({
      cause: `the name in AUTHORITY_HOST, ${authorityHost}, has no address: it is wrong, or the site's DNS does not answer`,
      fix: "look the name up from the site (its SSH or console, `nslookup`); mend the virtual network's DNS, or correct `environment` and run `pulumi up`",
    }),
  },
  {
    sign: "a certificate or TLS error code",
    matches: (failure) => networkFault(failure) === "certificate",
    explain: ({ authorityHost }) => ({
      cause: `the site does not trust the certificate that was shown for ${authorityHost}: something between them intercepts TLS, or the machine's clock is wrong`,
      fix: "let the login endpoint through the TLS inspection, or have the site trust its authority (NODE_EXTRA_CA_CERTS); never switch the check off",
    }),
  },
  {
    sign: "another socket error code, e.g. ECONNREFUSED, ECONNRESET",
    matches: (failure) => networkFault(failure) === "connection",
    explain: ({ authorityHost }) => ({
      cause: `the connection to ${authorityHost} was refused or broke off: a firewall, route or proxy stops it, or the service is down`,
      fix: `${byItself}; when it stays, allow outbound https to ${authorityHost} in the site's virtual network and firewall`,
    }),
  },
  {
    sign: "ERR_UPSTREAM_DEADLINE",
    matches: ({ code }) => code === "ERR_UPSTREAM_DEADLINE",
    explain: ({ authorityHost, tenantId }) => ({
      cause: `${authorityHost} gave no token of tenant ${tenantId} in time: it is slow, or a firewall drops the requests in silence`,
      fix: `${byItself}; when it stays, allow outbound https to ${authorityHost} in the site's virtual network and firewall`,
    }),
  },
];

const byItself = "the site asks again by itself, and serves what it can with the tokens it holds";

function unavailable(failure: Failure): boolean {
  const { aadsts, network } = failure.details;
  if (failure.code !== "ERR_UPSTREAM_UNAVAILABLE" || aadsts === requestLoop) return false;
  return network === undefined && !bringsExpiredToken(failure);
}
