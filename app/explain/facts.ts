import type { Settings } from "../env.ts";
import type { Target } from "../target.ts";

/** The site's values that explanations name. */
export type SiteFacts = Pick<
  Settings,
  | "applicationClientId"
  | "managedIdentityClientId"
  | "managedIdentityPrincipalId"
  | "managedIdentityIssuer"
  | "authorityHost"
  | "exchangeAudience"
>;

/** The same with those of the target whose request failed. */
export type TargetFacts = SiteFacts &
  Pick<Target, "tenant" | "tenantId" | "blobEndpoint" | "container">;
