import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Manifest = Readonly<Record<string, Readonly<Record<string, string>>>>;

const manifests = ["package.json", "app/token/package.json", "test/azure/package.json"];

/** What each manifest depends on beside the workspaces. */
const pinned = manifests.flatMap((manifest) => {
  const { dependencies, devDependencies, optionalDependencies, overrides } = JSON.parse(
    readFileSync(manifest, "utf8"),
  ) as Manifest;
  const all = { ...dependencies, ...devDependencies, ...optionalDependencies, ...overrides };
  return Object.entries(all)
    .filter(([, version]) => !version.startsWith("file:"))
    .map(([name, version]) => ({ manifest, name, version }));
});

test("the manifests pin every dependency to one version", () => {
  expect(pinned.filter(({ version }) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test("the manifests agree on the version of what several of them depend on", () => {
  const versions = Map.groupBy(pinned, ({ name }) => name);
  const differing = [...versions.values()].filter(
    (uses) => new Set(uses.map(({ version }) => version)).size > 1,
  );
  expect(differing).toEqual([]);
});
