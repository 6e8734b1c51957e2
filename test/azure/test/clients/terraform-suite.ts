import { requireCommand } from "./run-command.ts";
import type { Suite } from "./suite.ts";
import { provideProviders } from "./terraform/providers.ts";
import { toolSuite } from "./terraform/tool-suite.ts";

const command = "terraform";
const needed =
  "the Terraform suite needs Terraform 1.5 or later; see developer.hashicorp.com/terraform/install";

/** Builds the providers from their Go modules into the cache, once; Terraform itself must be there. */
export async function installTerraformSuite(cache: string): Promise<Suite> {
  const options = { cwd: import.meta.dirname, env: process.env, needed };
  const answer = await requireCommand(command, ["version"], options);
  const [, version = ""] = /^Terraform v(\S+)/m.exec(answer) ?? [];
  const tool = { name: "terraform", version, command, needed, stateSignIn: "oidc" } as const;
  return toolSuite(tool, await provideProviders(cache));
}
