import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";

// A stack's state keeps the text of the package's provider, which loads these files and calls these functions by their
// names, also when a checkout with other ones refreshes or updates the stack. To destroy it none of them is called.
describe("what the states of earlier checkouts call", () => {
  it.each([
    ["package-state", "difference", 2],
    ["package-resource", "publish", 1],
    ["package-resource", "update", 2],
    ["package-resource", "read", 2],
  ])("is where it was: infra/package/%s.ts, %s", async (module, name, parameters) => {
    const { href } = pathToFileURL(`infra/package/${module}.ts`);
    const { [name]: called } = (await import(href)) as Record<string, unknown>;
    expect(called).toBeTypeOf("function");
    // Parameters without a default: those that came later have one.
    expect(called).toHaveLength(parameters);
  });
});
