import { type Properties, textOf, toProperties } from "../../grpc/properties.ts";
import { callOptions, type ResourceManager } from "./clients.ts";

/** authorization:getRoleDefinition. */
export async function getRoleDefinition(
  manager: ResourceManager,
  args: Properties,
): Promise<Properties> {
  // The client puts a slash before the scope.
  const scope = textOf(args, "scope").replace(/^\//, "");
  const { roleDefinitions } = await manager.authorization();
  const id = textOf(args, "roleDefinitionId");
  return toProperties(await roleDefinitions.get(scope, id, callOptions(manager)));
}
