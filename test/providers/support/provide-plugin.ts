import type { TestProject } from "vitest/node";
import { provideAzureadPlugin } from "../../engine/src/azuread-plugin/provide-azuread-plugin.ts";

/** Builds the plugin, unless it was built before, and tells every stage of it. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide("azuread", await provideAzureadPlugin());
}
