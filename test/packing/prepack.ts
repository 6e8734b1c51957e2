import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packedManifest, restoreManifest, sourceManifest } from "./manifest.ts";

// npm runs it in a workspace's folder before it packs. In this repository Node runs the workspace's TypeScript itself, which
// it does not do below node_modules: what is packed is JavaScript with its types. npm packs the manifest that it finds, so
// the workspace's own is put aside until postpack.ts brings it back.
restoreManifest();
rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");
// The ${configDir} of tsconfig.build.json, which all workspaces share, is the folder of the file that extends it.
const project = join("dist", "tsconfig.json");
const shared = join(import.meta.dirname, "tsconfig.build.json");
writeFileSync(project, JSON.stringify({ extends: shared }));
execFileSync("tsc", ["--project", project], { stdio: "inherit" });
rmSync(project);
copyFileSync("package.json", sourceManifest);
writeFileSync("package.json", packedManifest(readFileSync(sourceManifest, "utf8")));
