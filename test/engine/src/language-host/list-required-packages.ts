import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";

/**
 * The provider plugins a program needs: its package.json's dependencies that say they are Pulumi packages
 * (`"pulumi": {"resource": true}`), in the version that is installed.
 *
 * @param projectRoot the directory with package.json and node_modules
 */
export function listRequiredPackages(projectRoot: string) {
  const { dependencies = {} } = readManifest(join(projectRoot, "package.json"));
  return Object.keys(dependencies).flatMap((dependency) => {
    const path = join(projectRoot, "node_modules", dependency, "package.json");
    if (!existsSync(path)) return [];
    const { pulumi, version = "" } = readManifest(path);
    if (!pulumi?.resource) return [];
    const required = new plugin.PackageDependency();
    required.setName(pulumi.name ?? dependency.replace("@pulumi/", ""));
    required.setKind("resource");
    required.setVersion(`v${pulumi.version ?? version}`);
    return [required];
  });
}

interface Manifest {
  readonly version?: string;
  readonly dependencies?: Record<string, string>;
  readonly pulumi?: {
    readonly resource?: boolean;
    readonly name?: string;
    readonly version?: string;
  };
}

function readManifest(path: string): Manifest {
  if (!existsSync(path)) return {};
  return JSON.parse(readFileSync(path, "utf8")) as Manifest; // package.json has this shape by npm's own checks.
}
