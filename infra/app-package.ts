import * as pulumi from "@pulumi/pulumi";
import type { PackageState } from "./package/package-state.ts";

export interface AppPackageArgs {
  /** Resource id of the site; another site is the only thing that replaces the package. */
  siteId: pulumi.Input<string>;
  /** Hash of the package built from the present sources: the diff a reviewer sees. */
  packageHash: pulumi.Input<string>;
  /** The home tenant's deployer, who publishes. */
  deployer: pulumi.Input<PackageState["deployer"]>;
}

// Pulumi keeps the text of the provider's methods in the state, so they only load normal modules of the project, whose names
// and functions are published by that: a checkout that moves them can no longer refresh or update stacks of earlier ones. What a
// preview needs of them is a module of its own: 54 to 75 ms to load in place of 290 to 340 with what signs in and publishes.
const load = async (module: string): Promise<unknown> => {
  const { pathToFileURL } = await import("node:url");
  return import(pathToFileURL(`infra/package/${module}.ts`).href);
};
const comparison = () =>
  load("package-state") as Promise<typeof import("./package/package-state.ts")>;
const implementation = () =>
  load("package-resource") as Promise<typeof import("./package/package-resource.ts")>;

const provider: pulumi.dynamic.ResourceProvider<PackageState, PackageState> = {
  diff: async (_id, olds, news) => (await comparison()).difference(olds, news),
  create: async (inputs) => ({
    id: inputs.siteId,
    outs: await (await implementation()).publish(inputs),
  }),
  update: async (_id, olds, news) => ({ outs: await (await implementation()).update(olds, news) }),
  read: async (id, state) => (await implementation()).read(id, state),
};

/**
 * The site's code as part of the stack: publishing it is an update with the package's hash as its diff. It has no
 * delete of its own, because the package goes with the site.
 */
export class AppPackage extends pulumi.dynamic.Resource {
  constructor(name: string, args: AppPackageArgs, opts?: pulumi.CustomResourceOptions) {
    super(provider, name, { ...args }, opts, "cross-tenant-data", "AppPackage");
  }
}
