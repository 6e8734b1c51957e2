import { homedir } from "node:os";
import { join } from "node:path";

/** The user's own Pulumi homes, which are only read. */
export function pulumiHomes(): string[] {
  const home = process.env["PULUMI_HOME"];
  return [...(home ? [home] : []), join(homedir(), ".pulumi")];
}
