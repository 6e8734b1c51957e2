import { type JsonObject, objectField, objectListField } from "../../base/json.ts";
import type { Resource } from "../../world/resource-records.ts";
import { listPage } from "../engine/list-page.ts";
import type { ManagementRequest } from "../engine/operation.ts";
import { renderResource } from "../engine/resource-store.ts";

/** Who wrote a vault, and when, kept with it. */
const WRITTEN = "systemData";

/** A vault as it is answered: tags whether or not it has some (39 of 39 recorded answers), and who wrote it (159 of them). */
export function renderVault(vault: Resource): JsonObject {
  const { [WRITTEN]: systemData, networkAcls, ...properties } = vault.properties;
  const rules = isOpen(networkAcls) ? {} : { networkAcls };
  return {
    ...renderResource(vault),
    tags: vault.tags ?? {},
    systemData,
    properties: { ...properties, ...rules },
  };
}

/** The answer to the PUT of a new one, whose name is not known everywhere yet: 32 of 93. */
export function renderNewVault(vault: Resource): JsonObject {
  const rendered = renderVault(vault);
  const properties = objectField(rendered, "properties");
  const vaultUri = String(properties["vaultUri"]).replace(/\/$/, "");
  const provisioningState = "RegisteringDns";
  return { ...rendered, properties: { ...properties, vaultUri, provisioningState } };
}

/** Notes who writes a vault. */
export function recordWriter({ azure, caller }: ManagementRequest, vault: Resource): void {
  const at = new Date(azure.clock.now()).toISOString();
  const writer = {
    lastModifiedBy: caller.appId,
    lastModifiedByType: "Application",
    lastModifiedAt: at,
  };
  const first = { createdBy: caller.appId, createdByType: "Application", createdAt: at };
  vault.properties[WRITTEN] = { ...first, ...objectField(vault.properties, WRITTEN), ...writer };
}

/** A page of vaults has a `nextLink` as long as it has vaults: what is behind the last page is an empty one (19 of 19). */
export async function vaultList(
  request: Parameters<typeof listPage>[0],
  value: readonly JsonObject[],
): Promise<Response> {
  const page: unknown = await listPage(request, value).json();
  const shown = objectListField(page as JsonObject, "value")?.at(-1);
  const next = new URLSearchParams(request.query);
  next.set("$skiptoken", Buffer.from(String(shown?.["id"]).toLowerCase()).toString("base64url"));
  const address = `${request.azure.endpoints.resourceManager}${request.id}?${next}`;
  return Response.json({ nextLink: shown && address, ...(page as JsonObject) });
}

/** The rules that let everybody in are not told. */
function isOpen(networkAcls: unknown): boolean {
  const rules = objectField({ networkAcls }, "networkAcls");
  const lists = [rules["ipRules"], rules["virtualNetworkRules"]];
  return (
    rules["defaultAction"] !== "Deny" &&
    lists.every((list) => !Array.isArray(list) || list.length === 0)
  );
}
