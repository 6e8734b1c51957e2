import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createWorkspace } from "../../src/workspace/workspace.ts";

it("keeps a stack's state in a folder whose name means something in a URL", async ({
  onTestFinished,
}) => {
  const folder = await mkdtemp(join(tmpdir(), "workspace a#b?c%25-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const projectRoot = join(folder, "project");
  await mkdir(projectRoot);
  await writeFile(join(projectRoot, "Pulumi.yaml"), "name: sample\nruntime: nodejs\n");
  const configFile = join(folder, "Pulumi.dev.yaml");
  await writeFile(configFile, "config: {}\n");
  const oidc = { requestUrl: "https://localhost/idtoken", requestToken: "token" };
  const azure = { metadataHost: "localhost:1", caFile: join(folder, "ca.pem"), oidc };
  await writeFile(azure.caFile, "");
  const directory = join(folder, "local");
  const workspace = await createWorkspace({ directory, projectRoot, azure, configFile });
  const { code, stdout, stderr } = await workspace.run(["stack", "ls", "--json"]);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject([{ name: "dev" }]);
});
