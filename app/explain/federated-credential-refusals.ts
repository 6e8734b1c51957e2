import { entraRefusal } from "./entra-refusal.ts";
import type { SiteFacts, TargetFacts } from "./facts.ts";
import type { Refusal } from "./refusal.ts";

/**
 * The token endpoint compared the identity's token with the application's federated identity
 * credentials and none fitted (learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations).
 */
export const federatedCredentialRefusals: readonly Refusal<TargetFacts>[] = [
  entraRefusal([70025], (facts) => ({
    cause: `application ${facts.applicationClientId} trusts nobody: it has no federated identity credential`,
    fix: `give the application one with ${credential(facts)}; ${declared}; ${propagation}`,
  })),
  // Also Azure's likeliest answer to a system-assigned identity, whose own code is not public.
  entraRefusal([70021], (facts) => ({
    cause: `no federated identity credential of application ${facts.applicationClientId} fits the token of identity ${facts.managedIdentityPrincipalId} in issuer, subject and audience at once`,
    fix: `set the credential to ${credential(facts)}, and use a user-assigned identity only; ${declared}; ${propagation}`,
  })),
  entraRefusal([700211], (facts) => ({
    cause: `no federated identity credential of application ${facts.applicationClientId} has the issuer of this site's identity; compared character by character`,
    fix: `set the credential's issuer to ${facts.managedIdentityIssuer}, without a slash at the end; ${declared}; ${propagation}`,
  })),
  // That 700214 means the same from the credential's side is unverified.
  entraRefusal([700212, 7002121, 700214], (facts) => ({
    cause: `the audience of the federated identity credential of application ${facts.applicationClientId} and the audience this site asks its identity's token for, ${facts.exchangeAudience}, are not the same or not this cloud's`,
    fix: `set the credential's one audience to ${facts.exchangeAudience}, and EXCHANGE_AUDIENCE to that of the cloud: ${audiences}; ${declared}`,
  })),
  // 7002137 was seen for subjects that begin with "/eid1"; that its cause is the same is unverified.
  entraRefusal([700213, 7002137], (facts) => ({
    cause: `the federated identity credential's subject is not this site's identity, whose principalId is ${facts.managedIdentityPrincipalId} (its client id, ${facts.managedIdentityClientId}, is not a subject)`,
    fix: `set the credential's subject on application ${facts.applicationClientId} to ${facts.managedIdentityPrincipalId}; ${declared}; an identity that was deleted and made again has another principalId`,
  })),
  entraRefusal([7002138], (facts) => ({
    cause: `the federated identity credential's subject differs from this site's identity, ${facts.managedIdentityPrincipalId}, by upper and lower case only`,
    fix: `set the credential's subject on application ${facts.applicationClientId} to ${facts.managedIdentityPrincipalId} exactly; ${declared}`,
  })),
  entraRefusal([700263], (facts) => ({
    cause: `application ${facts.applicationClientId} has two federated identity credentials for subject ${facts.managedIdentityPrincipalId}, with the version 1.0 and the version 2.0 issuer of the home tenant`,
    fix: `keep the one with ${credential(facts)} and delete the other; ${declared}`,
  })),
  entraRefusal([7002381], (facts) => ({
    cause: `the home tenant only accepts GitHub issuers of the enterprises it lists, and a federated identity credential of application ${facts.applicationClientId} trusts another one`,
    fix: `delete the credential with GitHub's issuer: this site needs only the one with ${credential(facts)}; ${declared}`,
  })),
];

const declared =
  "with this project's stack run `pulumi up --refresh`, `FederatedIdentity` declares the credential";
const propagation =
  "a credential written minutes ago may not be known everywhere yet, and the site asks again by itself";
const audiences =
  "api://AzureADTokenExchange (public), api://AzureADTokenExchangeUSGov, api://AzureADTokenExchangeChina";

function credential(facts: SiteFacts): string {
  return `issuer ${facts.managedIdentityIssuer}, subject ${facts.managedIdentityPrincipalId} and audience ${facts.exchangeAudience}`;
}
