import type { Proof } from "./round-trip.ts";
import type { StackOutputs } from "./stack-outputs.ts";

/** What exists now, in which tenant, and what to type next; at most 15 lines for a stack with one target. */
export function summary(
  outputs: StackOutputs,
  proof: Proof,
  caFile: string,
  staysUp: boolean,
): string {
  const targets = outputs.targets.map(
    ({ tenant, tenantId, blobEndpoint, container }) =>
      `  resource tenant ${tenant} (${tenantId}): service principal, ${blobEndpoint}/${container}, role on that container`,
  );
  const next = staysUp
    ? [
        `  page: ${outputs.siteUrl} (a browser that does not trust ${caFile} warns of its certificate)`,
        `  its API: curl --cacert ${caFile} ${outputs.siteUrl}/api/targets`,
        "edit infra/ or app/, then in another terminal:",
        "  npm run pulumi -- preview --diff",
        "  npm run pulumi -- up",
        "the local Azure and the site log to .local/azure.log; Ctrl-C ends both",
      ]
    : [
        "it has ended with this command; run it in a terminal to keep it up, then: npm run pulumi -- preview --diff",
      ];
  const homeTenantId = new URL(outputs.managedIdentityIssuer).pathname.split("/")[1];
  return [
    "",
    "up; that no secret is anywhere, test/e2e/deployed/secrets.suite.ts shows:",
    `  home tenant (${homeTenantId}): site, identity ${outputs.managedIdentityPrincipalId}, application ${outputs.applicationClientId}`,
    ...targets,
    `  ${proof.blob} (${proof.bytes} bytes) went through the token exchange into ${proof.target} and came back equal, sha256 ${proof.sha256.slice(0, 16)}`,
    ...next,
    "",
  ].join("\n");
}
