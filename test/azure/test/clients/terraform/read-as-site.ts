import { join } from "node:path";
import type { LocalAzure } from "../../../src/local-azure/local-azure.ts";
import { runCommand } from "../run-command.ts";
import type { TenantVariable } from "./planted-tenants.ts";
import type { Outcome } from "./workspace.ts";

/** Runs the site on this machine and has it read the blob that Terraform wrote. */
export async function readAsSite(
  azure: LocalAzure,
  outputs: Record<string, unknown>,
  { tenant_id }: TenantVariable,
  applicationClientId: string,
): Promise<Outcome> {
  const { client_id: identityClientId = "" } = outputs["identity"] as Record<string, string>;
  const { caFile, proxy, loginEndpoint } = azure.connection;
  const env = {
    ...process.env,
    ...(await azure.hostEnvironment(String(outputs["site_id"]))),
    AZURE_AUTHORITY_HOST: loginEndpoint,
    NODE_EXTRA_CA_CERTS: caFile,
    HTTPS_PROXY: proxy,
    // Of these two alone, and of no name under localhost.
    NO_PROXY: "localhost,127.0.0.1",
  };
  const script = join(import.meta.dirname, "site.ts");
  const args = [identityClientId, tenant_id, applicationClientId, String(outputs["greeting_url"])];
  const options = { cwd: import.meta.dirname, env, needed: "Node runs this project" };
  const { code, output } = await runCommand(process.execPath, [script, ...args], options);
  return { code, text: output };
}
