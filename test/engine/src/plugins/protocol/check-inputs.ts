import type { Properties } from "../../grpc/properties.ts";
import type { ResourceType } from "./resource-type.ts";

/** One reason why inputs are refused. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** Set among the inputs of a resource with a random name: its successor can be made first (azure-native: provider.go). */
export const createBeforeDelete = "__createBeforeDelete";

/** Fills in the automatic name (the old one if there is one) and the other defaults, then checks the inputs' names. */
export async function checkInputs<Client>(
  type: ResourceType<Client>,
  client: () => Client,
  logicalName: string,
  oldInputs: Properties,
  newInputs: Properties,
): Promise<{ readonly inputs: Properties; readonly failures: CheckFailure[] }> {
  const inputs = {
    ...automaticName(type, logicalName, oldInputs, newInputs),
    ...(await type.defaults?.(client(), oldInputs, newInputs)),
    ...newInputs,
  };
  const missing = type.required.filter((property) => inputs[property] === undefined);
  const supported = new Set([...type.required, ...type.optional]);
  const unsupported = Object.keys(newInputs).filter((property) => !supported.has(property));
  const failures = [
    ...missing.map((property) => ({ property, reason: `missing required property '${property}'` })),
    ...unsupported.map((property) => ({
      property,
      reason: `the stand-in does not know the input '${property}' (it knows ${[...supported].join(", ")}): add it under test/engine/src/plugins, or leave it out`,
    })),
  ];
  return { inputs, failures };
}

function automaticName<Client>(
  { autoname }: ResourceType<Client>,
  logicalName: string,
  oldInputs: Properties,
  newInputs: Properties,
): Properties {
  if (!autoname || newInputs[autoname.input] !== undefined) return {};
  const { input } = autoname;
  const oldName = oldInputs[input];
  if (oldName === undefined)
    return { [input]: autoname.generate(logicalName), [createBeforeDelete]: true };
  const flag = oldInputs[createBeforeDelete];
  return { [input]: oldName, ...(flag === true && { [createBeforeDelete]: true }) };
}
