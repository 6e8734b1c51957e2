import { join } from "node:path";
import type { Suite } from "./suite.ts";
import { buildGoProgram, type GoProgram } from "./terraform/go-program.ts";
import { provideProviders } from "./terraform/providers.ts";
import { toolSuite } from "./terraform/tool-suite.ts";

const program: GoProgram = {
  name: "tofu",
  package: "github.com/opentofu/opentofu/cmd/tofu",
  module: "github.com/opentofu/opentofu",
  version: "v1.12.6",
  // Without it, it calls itself one of its developers'.
  linked: "-X github.com/opentofu/opentofu/version.dev=no",
  replacements: [
    "github.com/hashicorp/hcl/v2 v2.20.1 => github.com/opentofu/hcl/v2 v2.20.2-0.20251021132045-587d123c2828",
  ],
  minutes: "10 to 20",
};

/** Builds OpenTofu and Terraform's providers from their Go modules into the cache, once. */
export async function installOpenTofuSuite(cache: string): Promise<Suite> {
  const { version } = program;
  const command = join(await buildGoProgram(cache, program), program.name);
  const needed = "the OpenTofu suite builds its own";
  // By OIDC it asks the public cloud about every authority that it does not know.
  const stateSignIn = "managed identity";
  const tool = { name: "opentofu", version, command, needed, stateSignIn } as const;
  return toolSuite(tool, await provideProviders(cache));
}
