import type { JsonObject } from "../../../src/base/json.ts";
import { field, given } from "./documents.ts";
import type { Replay } from "./under-way.ts";

const roles = "/providers/Microsoft.Authorization/roleDefinitions";
const READER = `${roles}/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
const SOMEBODY = "cccccccc-0000-4000-8000-000000000001";

/** An assignment as a client would have made it, of Reader to somebody where it is not told. */
export function assignmentBody(document: JsonObject | undefined): JsonObject {
  const told = given(document?.["properties"], [
    "principalId",
    "roleDefinitionId",
    "condition",
    "conditionVersion",
    "description",
  ]);
  const principalType = "ServicePrincipal";
  return {
    properties: { principalId: SOMEBODY, roleDefinitionId: READER, principalType, ...told },
  };
}

/** Makes the service principal that holds, or is to hold, a role. It stands for users too, whom no tenant here has. */
export async function makePrincipals(
  { world, bindings }: Replay,
  assignment: unknown,
): Promise<void> {
  const principalId = field(field(assignment, "properties"), "principalId");
  const objectId = bindings.toHere(typeof principalId === "string" ? principalId : SOMEBODY);
  const { servicePrincipals } = world.azure.state;
  if (servicePrincipals.has(objectId)) return;
  const own = { objectId, appId: objectId, displayName: "recorded" };
  servicePrincipals.set(objectId, { ...world.owner(), ...own });
}
