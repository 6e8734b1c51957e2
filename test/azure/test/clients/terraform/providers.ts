import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildGoProgram, type GoProgram } from "./go-program.ts";

/** 5.2.0 and four days. Go names no release of the provider since 1.44: its module's path has no major version. */
const azurerm: GoProgram = {
  name: "terraform-provider-azurerm",
  package: "github.com/hashicorp/terraform-provider-azurerm",
  module: "github.com/hashicorp/terraform-provider-azurerm",
  version: "v1.44.1-0.20260824201233-fae580791926",
  minutes: "20 to 40",
};

/**
 * 3.4.0, from the copy that Crossplane's provider is made with: it adds a package that exports the provider, and Go's proxy
 * need not have the original's newer versions.
 */
const azuread: GoProgram = {
  name: "terraform-provider-azuread",
  package: "github.com/hashicorp/terraform-provider-azuread",
  module: "github.com/hashicorp/terraform-provider-azuread",
  source: "github.com/upbound/terraform-provider-azuread",
  version: "v0.0.0-20250729204552-723cf3fb6cbe",
  minutes: "5 to 10",
};

let provided: Promise<string> | undefined;

/** Builds the providers into the cache, once, and returns the file that makes a tool take them from there. */
export function provideProviders(cache: string): Promise<string> {
  provided ??= provide(cache);
  return provided;
}

async function provide(cache: string): Promise<string> {
  const overrides: string[] = [];
  // One after the other: each wants all of the machine.
  for (const provider of [azurerm, azuread]) {
    const folder = await buildGoProgram(cache, provider);
    const name = provider.name.replace("terraform-provider-", "hashicorp/");
    overrides.push(`    ${JSON.stringify(name)} = ${JSON.stringify(folder)}`);
  }
  const configuration = join(cache, "terraform", "terraform.rc");
  // The tool then takes them from there, with a warning, and asks nobody for them.
  const text = `provider_installation {\n  dev_overrides {\n${overrides.join("\n")}\n  }\n}\n`;
  await writeFile(configuration, text);
  return configuration;
}
