import { rmSync } from "node:fs";
import { restoreManifest } from "./manifest.ts";

// npm runs it in a workspace's folder once it has packed.
restoreManifest();
rmSync("dist", { recursive: true, force: true });
