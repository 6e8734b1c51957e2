import { isDeepStrictEqual } from "node:util";
import { isProperties, type Properties, type Value } from "../../grpc/properties.ts";

/**
 * The inputs after a refresh. As azure-native does (Read in provider/pkg/provider/provider.go): what Azure answers is
 * compared with what it answered before, and only a property that changed replaces the input. So values that Azure writes
 * in its own way ("West Europe") or never returns (app settings) do not show up as changes.
 */
export function inputsAfterRead(
  inputs: Properties,
  before: Properties,
  now: Properties,
): Properties {
  const entries = Object.entries(inputs).map(
    ([name, input]) => [name, valueAfterRead(input, before[name], now[name])] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function valueAfterRead(input: Value, before: Value, now: Value): Value {
  if (isDeepStrictEqual(before, now)) return input;
  if (isProperties(input) && isProperties(now)) {
    return inputsAfterRead(input, isProperties(before) ? before : {}, now);
  }
  // userAssignedIdentities: a list of ids among the inputs, a map keyed by id in Azure.
  if (Array.isArray(input) && isProperties(now)) return Object.keys(now);
  return now;
}
