import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { processesWith } from "../e2e/support/processes.ts";

/** The id of the process that runs a deployed site. */
export async function siteProcessId(siteUrl: string): Promise<number> {
  const [site] = await processesWith(`WEBSITE_HOSTNAME=${new URL(siteUrl).host}`);
  if (site === undefined) throw new Error(`no process runs the site of ${siteUrl}`);
  return site.pid;
}

/** Resident memory of a process in MB; throws when it has ended. */
export async function residentMegabytes(processId: number): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(processId)]);
  return Number(stdout) / 1024;
}
