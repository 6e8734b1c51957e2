import { defineConfig } from "oxlint";
import { project, refuse, within } from "../lint/floors.ts";

/** What each folder of src may import from beside it, the lowest first; main.ts stands above them all. */
const floors: Readonly<Record<string, readonly string[]>> = {
  grpc: [],
  go: [],
  cli: ["../cache-directory.ts", "../engine-version.ts", "../go/**", "../pulumi-homes.ts"],
  "azuread-plugin": ["../cache-directory.ts", "../go/**", "../plugins/stand-ins.ts"],
  "language-host": ["../engine-version.ts", "../grpc/**"],
  plugins: [],
  "plugins/protocol": ["../../grpc/**"],
  "plugins/sign-in": ["../../grpc/**"],
  "plugins/azure-native": ["../../grpc/**", "../protocol/**", "../sign-in/**", "../stand-ins.ts"],
  "plugins/azuread": ["../../grpc/**", "../protocol/**", "../sign-in/**", "../stand-ins.ts"],
  workspace: [
    "../engine-version.ts",
    "../pulumi-homes.ts",
    "../grpc/**",
    "../cli/**",
    "../plugins/stand-ins.ts",
  ],
};

export default defineConfig({
  extends: [project],
  overrides: [
    ...within("src", 0, "sources import no tests"),
    ...within("test", 1, "the engine's tests know nothing around it"),
    ...Object.entries(floors).map(([folder, allowed]) =>
      refuse(
        `src/${folder}/*.ts`,
        ["../**", "./*/**", ...allowed.map((path) => `!${path}`)],
        `${folder} stands on ${allowed.join(", ") || "no other folder"}`,
      ),
    ),
  ],
});
