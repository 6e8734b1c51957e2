import { defineConfig } from "oxlint";
import { project, refuse } from "../lint/floors.ts";

/** What each folder of src may import from beside it, the lowest first; main.ts stands above them all. */
const floors: Readonly<Record<string, readonly string[]>> = {
  grpc: [],
  cli: ["../engine-version.ts"],
  "language-host": ["../engine-version.ts", "../grpc/**"],
  "plugins/protocol": ["../../grpc/**"],
  "plugins/sign-in": ["../../grpc/**"],
  "plugins/azure-native": ["../../grpc/**", "../protocol/**", "../sign-in/**", "../stand-ins.ts"],
  "plugins/azuread": ["../../grpc/**", "../protocol/**", "../sign-in/**", "../stand-ins.ts"],
  workspace: ["../engine-version.ts", "../grpc/**", "../cli/**", "../plugins/stand-ins.ts"],
};

const byHttpOnly = ["local-azure", "local-azure/**", "**/azure/src/**", "**/azure/test/**"];

export default defineConfig({
  extends: [project],
  overrides: [
    refuse("**/*.ts", byHttpOnly, "the engine reaches Azure by HTTP only"),
    ...Object.entries(floors).map(([folder, allowed]) =>
      refuse(
        `src/${folder}/*.ts`,
        [...byHttpOnly, "../**", ...allowed.map((path) => `!${path}`)],
        `${folder} stands on ${allowed.join(", ") || "no other folder"}`,
      ),
    ),
    refuse("src/*.ts", [...byHttpOnly, "../**"], "sources import no tests"),
  ],
});
