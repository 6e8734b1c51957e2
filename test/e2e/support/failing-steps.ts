import type { FaultMatch } from "local-azure/testing";
import type { Stage } from "./stage.ts";

/** Resources of the dev stack that are made at about the same time, and the requests that make them. */
export interface FailingStep {
  /** `type name` of each, sorted. */
  readonly resources: readonly string[];
  readonly requests: readonly FaultMatch[];
}

const put = (path: RegExp): FaultMatch => ({ service: "resource-manager", method: "PUT", path });
const post = (path: RegExp): FaultMatch => ({ service: "graph", method: "POST", path });

const ofGraph = /^(Application|ApplicationFederatedIdentityCredential|ServicePrincipal) /;

/** Every resource of the dev stack, each after those it needs. */
export const failingSteps: readonly FailingStep[] = [
  {
    resources: ["Application application", "ResourceGroup contoso", "ResourceGroup home"],
    requests: [post(/\/applications$/), put(/\/resourcegroups\/[^/]+$/i)],
  },
  {
    resources: [
      "AppServicePlan site-plan",
      "ServicePrincipal contoso",
      "StorageAccount invoices",
      "UserAssignedIdentity site-identity",
    ],
    requests: [
      put(/\/serverfarms\/[^/]+$/i),
      post(/\/servicePrincipals$/),
      put(/\/storageAccounts\/[^/]+$/),
      put(/\/userAssignedIdentities\/[^/]+$/),
    ],
  },
  {
    resources: [
      "ApplicationFederatedIdentityCredential site-identity-credential",
      "BlobServiceProperties invoices",
      "WebApp site",
    ],
    requests: [
      post(/\/federatedIdentityCredentials$/),
      put(/\/blobServices\/default$/),
      put(/\/sites\/[^/]+$/),
    ],
  },
  {
    resources: [
      "BlobContainer invoices",
      "WebAppDiagnosticLogsConfiguration site-logs",
      "WebAppFtpAllowed site-ftp",
      "WebAppScmAllowed site-scm",
    ],
    requests: [
      put(/\/containers\/[^/]+$/),
      put(/\/config\/logs$/),
      put(/\/basicPublishingCredentialsPolicies\/(ftp|scm)$/),
    ],
  },
  { resources: ["RoleAssignment invoices"], requests: [put(/\/roleAssignments\/[^/]+$/)] },
  {
    resources: ["WebAppApplicationSettings site-settings"],
    requests: [put(/\/config\/appsettings$/)],
  },
  {
    resources: ["AppPackage site-package"],
    requests: [{ service: "scm", method: "POST", path: /^\/api\/publish$/ }],
  },
];

/**
 * The same without what Microsoft Graph makes: when its answers are lost, the azuread provider makes a second application or
 * is refused for good (lost-answers.test.ts).
 */
export const resourceManagerSteps: readonly FailingStep[] = failingSteps
  .map(({ resources, requests }) => ({
    resources: resources.filter((name) => !ofGraph.test(name)),
    requests: requests.filter(({ service }) => service !== "graph"),
  }))
  .filter(({ resources }) => resources.length > 0);

/**
 * Runs `pulumi up` while the requests of one step fail, and ends the faults. The engine stops at the first failure; where
 * several resources shall fail it is told to go on with what does not depend on them.
 *
 * @returns the engine's exit code, and `type name` of each resource its diagnostics name with the injected error, sorted
 */
export async function failAt(
  stage: Stage,
  { resources, requests }: FailingStep,
  when: "before" | "after",
) {
  const { faults } = stage.azure.traffic;
  faults.set(requests.map((request) => ({ ...request, when, kind: "status", status: 500 })));
  const goOn = resources.length > 1 ? ["--continue-on-error"] : [];
  const { code, stdout } = await stage.pulumi("up", "--yes", "--skip-preview", ...goOn);
  faults.clear();
  const [, diagnostics = ""] = stdout.split("\nDiagnostics:\n");
  const failed = diagnostics
    .split(/^ {2}(?=\S+ \(\S+\):$)/m)
    .filter((said) => /InjectedFault.*injected fault (before|after) the commit/.test(said))
    .map((said) => said.replace(/^(?:\S+:)?(\w+) \((\S+)\):\n[^]*$/, "$1 $2"));
  return { code, failed: failed.sort(), stdout };
}
