import { entraRefusal } from "./entra-refusal.ts";
import type { TargetFacts } from "./facts.ts";
import type { Refusal } from "./refusal.ts";

/** The token endpoint did not accept the identity's token as a client assertion, whoever is trusted. */
export const assertionRefusals: readonly Refusal<TargetFacts>[] = [
  entraRefusal([700024], ({ tenantId }) => ({
    cause: `the identity's token was not yet or no longer valid when it reached tenant ${tenantId}: the machine's clock is wrong or the identity endpoint hands out an old token`,
    fix: "compare the times in the message with the machine's clock; when the clock is right, restart the site, which then fetches the token anew",
  })),
  entraRefusal([7000272, 700027], ({ managedIdentityPrincipalId, authorityHost }) => ({
    cause: `${authorityHost} could not verify the signature of identity ${managedIdentityPrincipalId}'s token: the signing key is not among those its issuer publishes`,
    fix: "after a change of keys this passes by itself; when it stays, AUTHORITY_HOST and the identity belong to different clouds: correct `environment` in the stack's configuration and run `pulumi up`",
  })),
  entraRefusal([50027], ({ managedIdentityClientId }) => ({
    cause: `what the identity endpoint gave as the token of identity ${managedIdentityClientId} is not a JWT that Entra can read`,
    fix: "make sure that IDENTITY_ENDPOINT is the one the platform set (remove it from the app settings) and restart the site",
  })),
  entraRefusal([7000216, 900144], ({ authorityHost }) => ({
    cause: `the token request reached ${authorityHost} without its client assertion or another required field, so something changed it on the way or the site's package is broken`,
    fix: "take away the proxy that rewrites request bodies (HTTPS_PROXY); publish the site's package again with `pulumi up --refresh`, `AppPackage` declares it",
  })),
  entraRefusal([700222], ({ applicationClientId, tenantId }) => ({
    cause: `Entra takes no token that it issued itself as a client assertion of application ${applicationClientId} in tenant ${tenantId}`,
    fix: "use a user-assigned managed identity of the application's own tenant and cloud, as `FederatedIdentity` of this project's stack makes it, and make the credential with `pulumi up --refresh`",
  })),
  entraRefusal([700226, 700229], ({ managedIdentityClientId }) => ({
    cause: `the client assertion is not a managed identity's token but a user's or another application's, so the endpoint that was asked is not that of identity ${managedIdentityClientId}`,
    fix: "make sure that IDENTITY_ENDPOINT is the one the platform set (remove it from the app settings) and restart the site",
  })),
  entraRefusal([700227], ({ exchangeAudience }) => ({
    cause: `the identity's token is a version 1.0 token or for another audience: ${exchangeAudience} is not this cloud's token-exchange audience`,
    fix: "set EXCHANGE_AUDIENCE to api://AzureADTokenExchange (public), api://AzureADTokenExchangeUSGov or api://AzureADTokenExchangeChina; with this project's stack correct `environment` and run `pulumi up`",
  })),
  entraRefusal([700231], ({ managedIdentityClientId }) => ({
    cause: `the token of identity ${managedIdentityClientId} was itself obtained with a federated identity credential, and these cannot be chained`,
    fix: "run the site where the platform signs the identity in itself (App Service, a virtual machine), not by workload identity federation",
  })),
  entraRefusal([700236], ({ applicationClientId, managedIdentityPrincipalId }) => ({
    cause: `application ${applicationClientId} is not registered in the home tenant, the tenant of identity ${managedIdentityPrincipalId}: Entra lets an application trust identities of its own tenant only`,
    fix: "register the application in the home tenant as a multitenant one and set APPLICATION_CLIENT_ID to its client id; with this project's stack run `pulumi up`, `MultitenantApplication` declares it",
  })),
  entraRefusal([700238, 900432, 900382], ({ authorityHost, tenantId }) => ({
    cause: `the identity and tenant ${tenantId}, asked at ${authorityHost}, belong to different Azure clouds, between which there is no token exchange`,
    fix: "use tenants of one cloud; with this project's stack `environment` names it for all tenants: correct it and run `pulumi up`",
  })),
];
