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

let provided: Promise<string> | undefined;

/** Builds the provider into the cache, once, and returns the file that makes a tool take it from there. */
export function provideProviders(cache: string): Promise<string> {
  provided ??= provide(cache);
  return provided;
}

async function provide(cache: string): Promise<string> {
  const folder = await buildGoProgram(cache, azurerm);
  const configuration = join(cache, "terraform", "terraform.rc");
  // The tool then takes it from there, with a warning, and asks nobody for it.
  const override = `"hashicorp/azurerm" = ${JSON.stringify(folder)}`;
  await writeFile(
    configuration,
    `provider_installation {\n  dev_overrides {\n    ${override}\n  }\n}\n`,
  );
  return configuration;
}
