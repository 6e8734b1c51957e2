import { randomUUID } from "node:crypto";

/**
 * Kudu's DeployStatus (https://github.com/projectkudu/kudu, Kudu.Contracts/Deployment/DeployStatus.cs). One that runs is told as
 * pending, whatever it is at (source: KuduLite, DeploymentController.GetResult; recorded for `latest`).
 */
const deployStatus = { pending: 0, failed: 3, success: 4 } as const;

/**
 * One deployment as `GET /api/deployments/{id}` answers it. Fields and their values are recorded (Azure CLI's test suite,
 * test_one_deploy_scm and test_deploy_zip).
 */
export interface Deployment {
  readonly id: string;
  status: number;
  status_text: string;
  readonly author_email: string;
  readonly author: string;
  readonly deployer: string;
  readonly message: string;
  progress: string;
  readonly received_time: string;
  readonly start_time: string;
  end_time: string | null;
  last_success_end_time: string | null;
  complete: boolean;
  active: boolean;
  readonly is_temp: boolean;
  readonly is_readonly: boolean;
  /** The front's to tell, which knows its address. */
  readonly url: string | null;
  readonly log_url: string | null;
  readonly site_name: string;
  provisioningState: "InProgress" | "Failed" | "Succeeded";
}

/**
 * What a push first is: a temporary deployment, until its package is fetched (source: KuduLite, FetchDeploymentManager
 * and DeploymentManager.CreateTemporaryDeployment; recorded: `temp-a9f8fda9`).
 */
export function temporaryDeployment(siteName: string, now: string): Deployment {
  return {
    ...pending(`temp-${randomUUID().slice(0, 8)}`, siteName, now),
    status_text: "Receiving changes.",
    progress: "Fetching changes.",
    is_temp: true,
    is_readonly: false,
  };
}

/** The deployment that takes the temporary one's place, under the id that the push was answered with, if it asked for one. */
export function fetchedDeployment(id: string, siteName: string, now: string): Deployment {
  return { ...pending(id, siteName, now), status_text: `Building and Deploying '${id}'.` };
}

/** Ends a deployment; `failure` is what it failed for. */
export function endDeployment(deployment: Deployment, now: string, failure?: string): void {
  const failed = failure !== undefined;
  deployment.status = failed ? deployStatus.failed : deployStatus.success;
  deployment.status_text = failure ?? "";
  deployment.progress = "";
  deployment.end_time = now;
  if (!failed) deployment.last_success_end_time = now;
  deployment.complete = true;
  deployment.provisioningState = failed ? "Failed" : "Succeeded";
}

function pending(id: string, siteName: string, now: string): Deployment {
  return {
    id,
    status: deployStatus.pending,
    status_text: "",
    author_email: "N/A",
    author: "N/A",
    deployer: "OneDeploy",
    message: "OneDeploy",
    progress: "",
    received_time: now,
    start_time: now,
    end_time: null,
    last_success_end_time: null,
    complete: false,
    active: false,
    is_temp: false,
    is_readonly: true,
    url: null,
    log_url: null,
    site_name: siteName,
    provisioningState: "InProgress",
  };
}
