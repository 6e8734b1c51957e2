import { expect, test } from "vitest";
import { packedManifest } from "./manifest.ts";

test("names JavaScript and types where the workspace names its sources", () => {
  const manifest = {
    name: "a-workspace",
    type: "module",
    bin: { "a-command": "./src/command/main.ts" },
    exports: { ".": "./src/index.ts", "./data": "./data.json" },
    files: ["dist"],
    dependencies: { hono: "1.0.0" },
  };
  expect(JSON.parse(packedManifest(JSON.stringify(manifest)))).toEqual({
    name: "a-workspace",
    type: "module",
    bin: { "a-command": "./dist/command/main.js" },
    exports: {
      ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./data": "./data.json",
    },
    files: ["dist"],
    dependencies: { hono: "1.0.0" },
  });
});

test("adds no entrance and no command to a workspace that has none", () => {
  const manifest = { name: "a-workspace" };
  expect(JSON.parse(packedManifest(JSON.stringify(manifest)))).toEqual(manifest);
});
