import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { packedManifest, restoreManifest, sourceManifest } from "./manifest.ts";

// npm runs it in a workspace's folder before it packs. In this repository Node runs the workspace's TypeScript itself, which
// it does not do below node_modules: what is packed is JavaScript with its types. npm packs the manifest that it finds, so
// the workspace's own is put aside until postpack.ts brings it back.
restoreManifest();
rmSync("dist", { recursive: true, force: true });
execFileSync("tsc", ["--project", "tsconfig.build.json"], { stdio: "inherit" });
copyFileSync("package.json", sourceManifest);
writeFileSync("package.json", packedManifest(readFileSync(sourceManifest, "utf8")));
