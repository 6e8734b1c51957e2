import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { RunRequest } from "@pulumi/pulumi/proto/language_pb.js";
import messages from "@pulumi/pulumi/proto/language_pb.js";

// nodeJSProcessExitedAfterLoggingUserActionableMessage in @pulumi/pulumi/cmd/run/index.js: the program has told the user.
const exitedAfterMessage = 32;

/**
 * Runs the Pulumi program in its own process, with its output on the host's own, which the engine shows. Answers what the
 * engine is told: nothing, an error, or `bail` when the program has already said what is wrong.
 *
 * @param engineAddress where the program reaches the engine
 * @param cancelled ends the program
 */
export function runProgram(request: RunRequest, engineAddress: string, cancelled: AbortSignal) {
  const program = spawn(process.execPath, programArguments(request, engineAddress), {
    stdio: ["ignore", "inherit", "inherit"],
    cwd: request.getInfo()?.getProgramDirectory() ?? request.getPwd(),
    env: {
      ...process.env,
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().getEntryList())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
  });
  const end = () => program.kill("SIGKILL");
  cancelled.addEventListener("abort", end);
  // The host ends when the engine disappears, and the program would otherwise wait for it.
  process.on("exit", end);
  return new Promise<InstanceType<typeof messages.RunResponse>>((resolve, reject) => {
    program.once("error", reject);
    program.once("exit", (code, signal) => {
      cancelled.removeEventListener("abort", end);
      process.off("exit", end);
      const response = new messages.RunResponse();
      if (code === exitedAfterMessage) response.setBail(true);
      else if (code !== 0) response.setError(`program ended with ${signal ?? `exit code ${code}`}`);
      resolve(response);
    });
  });
}

function programArguments(request: RunRequest, engineAddress: string): string[] {
  const info = request.getInfo();
  const root = info?.getRootDirectory() ?? request.getPwd();
  // The SDK that the program itself loads.
  const run = createRequire(join(root, "package.json")).resolve("@pulumi/pulumi/cmd/run");
  const flags = {
    "--monitor": request.getMonitorAddress(),
    "--engine": engineAddress,
    "--project": request.getProject(),
    "--stack": request.getStack(),
    "--organization": request.getOrganization(),
    "--root-directory": root,
    "--pwd": request.getPwd(),
    "--parallel": String(request.getParallel()),
  };
  const dryRun = request.getDryrun() ? ["--dry-run"] : [];
  const entryPoint = info?.getEntryPoint() ?? request.getProgram();
  return [
    run,
    ...Object.entries(flags).flat(),
    ...dryRun,
    "--",
    entryPoint,
    ...request.getArgsList(),
  ];
}
