import type { Resource } from "../world/resource-records.ts";

/** Host names with port, `localhost:PORT`, of a site and of its SCM site. */
export interface SiteHostNames {
  readonly main: string;
  readonly scm: string;
}

/**
 * How far a deployment is that its publisher asked to track. Names are those of the REST reference (DeploymentBuildStatus);
 * of the others in between, such as StartPolling, is not known when Azure tells them.
 */
export interface DeploymentProgress {
  readonly status:
    "BuildInProgress" | "BuildFailed" | "RuntimeStarting" | "RuntimeSuccessful" | "RuntimeFailed";
  /** What it failed for. */
  readonly error?: string;
}

/** Who runs the sites that Resource Manager keeps. */
export interface SiteHost {
  /** Makes a site's written state take effect; its first call opens the site's two ports. */
  applySite(site: Resource): Promise<void>;
  /** Starts a site's process anew. Throws for a site that was never applied. */
  restartSite(siteId: string): Promise<void>;
  /** Waits for a site that is being opened. Throws for one that was never applied. */
  siteHostNames(siteId: string): Promise<SiteHostNames>;
  /** Undefined for a deployment that nobody asked to track, or that has not begun. Throws as the other does. */
  deploymentProgress(siteId: string, deploymentId: string): Promise<DeploymentProgress | undefined>;
  /** Ends the process, closes both ports and forgets the package. */
  removeSite(siteId: string): Promise<void>;
}
