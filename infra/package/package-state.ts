import { isDeepStrictEqual } from "node:util";
import type { Deployer } from "./deployer-credential.ts";

/** Inputs and state of the package resource. */
export interface PackageState {
  readonly siteId: string;
  readonly packageHash: string;
  readonly deployer: Deployer;
}

/** What changes: another site replaces the package, anything else updates it. */
export function difference(olds: PackageState, news: PackageState) {
  const keys = ["siteId", "packageHash", "deployer"] as const;
  return {
    changes: keys.some((key) => !isDeepStrictEqual(olds[key], news[key])),
    replaces: olds.siteId === news.siteId ? [] : ["siteId"],
  };
}
