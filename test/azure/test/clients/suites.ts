import { join } from "node:path";
import { installAnsibleSuite } from "./ansible-suite.ts";
import { installAzSuite } from "./az-suite.ts";
import { installDataSuite } from "./data-suite.ts";
import { installGoSuite } from "./go-suite.ts";
import { installJavaSuite } from "./java-suite.ts";
import { installOpenTofuSuite } from "./opentofu-suite.ts";
import { installPackageSuite } from "./package-suite.ts";
import { installRustSuite } from "./rust-suite.ts";
import type { Suite } from "./suite.ts";
import { installTerraformSuite } from "./terraform-suite.ts";
import { installToolsSuite } from "./tools-suite.ts";

/** Installs a suite's clients into a cache folder. */
export type InstallSuite = (cache: string) => Promise<Suite>;

type Suites = Readonly<Record<string, InstallSuite>>;

const always: Suites = {
  python: (cache) => installPackageSuite(cache, "python", "Python"),
  go: installGoSuite,
  az: installAzSuite,
};
/** They need more tools and more time. */
const onDemand: Suites = {
  msgraph: (cache) => installPackageSuite(join(cache, "msgraph"), "msgraph", "Microsoft Graph"),
  java: installJavaSuite,
  rust: installRustSuite,
  terraform: installTerraformSuite,
  opentofu: installOpenTofuSuite,
  ansible: installAnsibleSuite,
  tools: installToolsSuite,
  data: installDataSuite,
};

/** The suites that are named, in the order that they run in; without names, all that need not be named. Throws for others. */
export function selectSuites(names: readonly string[]): [string, InstallSuite][] {
  if (names.length === 0) return Object.entries(always);
  const suites = { ...always, ...onDemand };
  const unknown = names.find((name) => !Object.hasOwn(suites, name));
  if (unknown !== undefined)
    throw new Error(`there is no suite "${unknown}"; there are ${Object.keys(suites).join(", ")}`);
  return Object.entries(suites).filter(([name]) => names.includes(name));
}
