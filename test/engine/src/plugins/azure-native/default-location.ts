import { isUnknown, type Properties, unknown } from "../../grpc/properties.ts";
import { callOptions, type ResourceManager } from "./clients.ts";

/**
 * Where a resource is made whose program names no location: where it was, else the provider's location, else that of its
 * resource group (getDefaultLocation in azure-native's provider/pkg/provider/provider.go).
 */
export async function defaultLocation(
  manager: ResourceManager,
  oldInputs: Properties,
  newInputs: Properties,
): Promise<Properties> {
  if (newInputs["location"] !== undefined) return {};
  const chosen = oldInputs["location"] ?? manager.location;
  if (chosen !== undefined) return { location: chosen };
  const group = newInputs["resourceGroupName"];
  if (typeof group !== "string") return {};
  if (isUnknown(group)) return { location: unknown };
  const { resourceGroups } = await manager.resources();
  const { location } = await resourceGroups.get(group, callOptions(manager));
  return { location };
}
