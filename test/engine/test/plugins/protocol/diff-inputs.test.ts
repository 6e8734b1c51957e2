import { expect, it } from "vitest";
import { diffInputs, rootOf } from "../../../src/plugins/protocol/diff-inputs.ts";

const settings = (value: string) => ({
  siteConfig: {
    appSettings: [
      { name: "A", value: "1" },
      { name: "B", value },
    ],
  },
});

it("names the one setting that changes within a list", () => {
  expect(diffInputs(settings("old"), settings("new"))).toEqual([
    { path: "siteConfig.appSettings[1].value", kind: "update" },
  ]);
});

it("tells additions and removals apart", () => {
  expect(diffInputs({ tags: { a: "1" } }, { tags: { b: "1" } })).toEqual([
    { path: "tags.a", kind: "delete" },
    { path: "tags.b", kind: "add" },
  ]);
});

it("quotes names that are not plain words", () => {
  expect(diffInputs({}, { tags: {} })).toEqual([{ path: "tags", kind: "add" }]);
  expect(diffInputs({ tags: {} }, { tags: { "a.b": "1" } })).toEqual([
    { path: 'tags["a.b"]', kind: "add" },
  ]);
});

it("finds nothing between equal inputs", () => {
  expect(diffInputs({ a: [{ b: 1 }] }, { a: [{ b: 1 }] })).toEqual([]);
});

it.each([
  ["siteConfig.appSettings[1].value", "siteConfig"],
  ["owners[0]", "owners"],
  ["location", "location"],
])("knows that %s belongs to the input %s", (path, root) => {
  expect(rootOf(path)).toBe(root);
});
