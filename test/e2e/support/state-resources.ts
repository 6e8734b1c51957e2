import { shortUrn } from "./preview.ts";
import type { Stage } from "./stage.ts";

/** `type name` of every resource and provider in the stack's state. */
export async function stateResources(stage: Stage): Promise<string[]> {
  const { stdout } = await stage.pulumi("stack", "export");
  const { deployment } = JSON.parse(stdout) as {
    deployment: { resources: readonly { urn: string }[] };
  };
  return deployment.resources.map(({ urn }) => shortUrn(urn));
}
