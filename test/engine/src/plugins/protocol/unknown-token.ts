import type { Provider } from "./provider.ts";

/** Says what a stand-in lacks, what it has, and what to do. */
export function unknownToken<Client>(
  { packageName, version }: Provider<Client>,
  what: "resource type" | "function",
  token: string,
  known: Iterable<string>,
): Error {
  return new Error(
    `the stand-in for ${packageName} ${version} has no ${what} "${token}" (it has ${[...known].join(", ")}): add it under test/engine/src/plugins, or deploy to Azure with the real provider`,
  );
}
