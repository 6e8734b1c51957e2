import * as pulumi from "@pulumi/pulumi";
import type { StackConfig } from "./config/stack-config.ts";

type Outputs = Readonly<Record<string, unknown>>;

/** What the stack's state holds: outputs by type and logical name. */
type State = (type: string) => ReadonlyMap<string, Outputs>;

/**
 * Makes sure that no update deletes a storage account, or leaves one where nobody looks for it, because an entry was
 * renamed, moved or taken out: that takes the target's name in `deleteTargets`. Nor may the application be lost that
 * resource tenants have let in. What there is, the stack's own state says, in a preview and after a failed update too.
 * Comes before the providers, which would be in the state with other ids even when the update is refused later.
 *
 * @throws {pulumi.RunError} with everything that does not fit, and what to do.
 */
export async function checkData(config: StackConfig): Promise<void> {
  const state = await ownState();
  const problems = [...applicationProblems(state, config), ...targetProblems(state, config)];
  if (problems.length === 0) return;
  const lines = problems.map((problem) => `\n  * ${problem}`).join("");
  throw new pulumi.RunError(`the configuration does not fit what this stack has made:${lines}`);
}

// An engine's function without a place in the SDK: pulumi/pulumi pkg/resource/deploy/builtins.go. It answers with what the
// last update left, whatever that was.
async function ownState(): Promise<State> {
  const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  const { outputs } = (await pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", {
    stackName,
  })) as { outputs: Record<string, { type: string; outputs: Outputs }> };
  const resources = Object.entries(outputs);
  return (type) =>
    new Map(
      resources
        .filter(([, resource]) => resource.type === type)
        .map(([urn, resource]) => [urn.split("::").at(-1) ?? "", resource.outputs]),
    );
}

function applicationProblems(state: State, { homeTenant }: StackConfig): string[] {
  if (state("azuread:index/application:Application").size === 0) return [];
  const { tenantId } = state("pulumi:providers:azuread").get("home-entra") ?? {};
  const { subscriptionId } = state("pulumi:providers:azure-native").get("home-azure") ?? {};
  const moved = differences({ tenantId, subscriptionId }, homeTenant ?? {});
  if (moved.length === 0) return [];
  const loss = "resource tenants have let in the application that is there, and it would be lost";
  return [
    `homeTenant: ${moved.join(", ")}; ${loss}: put it back, or make another stack; \`pulumi destroy\` ends this one`,
  ];
}

function targetProblems(state: State, { resourceTenants, deleteTargets }: StackConfig): string[] {
  const components = state("cross-tenant-data:index:BlobTarget");
  return [...state("azure-native:storage:StorageAccount")].flatMap(([target, account]) => {
    const { protect, ...made } = components.get(target) ?? {};
    const was = { ...made, location: account["location"] };
    const tenant = resourceTenants.find(
      (entry) => "subscriptionId" in entry && entry.targets.some(({ name }) => name === target),
    );
    const name = `target "${target}" with storage account "${String(account["name"])}"`;
    if (tenant !== undefined) {
      const moved = differences(was, { ...tenant, tenant: tenant.name });
      if (moved.length === 0) return [];
      const way = `put it back, or take the target out (deleteTargets) before you add it again`;
      return [`${name}: ${moved.join(", ")}; an account does not move: ${way}`];
    }
    if (!deleteTargets.includes(target)) {
      const loss = "is configured no more, and would be deleted with the data in it";
      return [`${name} ${loss}: put it back, or name "${target}" in deleteTargets`];
    }
    if (protect !== true) return [];
    const way = `put it back for one update, which lifts that because deleteTargets names it`;
    return [`${name} is protected: ${way}, and take it out then`];
  });
}

/** Such as `location was "westeurope", is "northeurope"`. What is not known of before does not differ. */
function differences(was: Outputs, is: Outputs): string[] {
  return Object.keys(was)
    .toSorted()
    .filter((key) => was[key] !== undefined && spelled(was[key]) !== spelled(is[key]))
    .map(
      (key) => `${key} was ${JSON.stringify(was[key])}, is ${JSON.stringify(is[key]) ?? "not set"}`,
    );
}

// Azure writes a region as it likes.
function spelled(value: unknown): string {
  return String(value).toLowerCase().replaceAll(" ", "");
}
