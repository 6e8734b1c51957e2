import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";

// Lint holds which part of the project may import which. Here each rule meets an import that it has to refuse.

const project = resolve(import.meta.dirname, "../..");

/** Where an import stands, and what it names. */
const refused: readonly (readonly [file: string, specifier: string])[] = [
  ["infra/a.ts", "../test/start/a.ts"],
  ["infra/b.ts", "local-azure"],
  ["infra/c.ts", "local-azure/testing"],
  ["infra/d.ts", "../app/env.ts"],
  ["infra/e.ts", "cross-tenant-tokens"],
  ["infra/f.ts", "cross-tenant-tokens/time"],
  ["infra/package/a.ts", "../../app/env.ts"],
  ["app/a.ts", "../test/start/a.ts"],
  ["app/b.ts", "./token/src/clock.ts"],
  ["app/c.ts", "cross-tenant-tokens/src/clock.ts"],
  ["app/f.ts", "local-azure"],
  ["app/g.ts", "local-azure/testing"],
  ["app/h.ts", "../infra/cloud.ts"],
  ["app/report/a.ts", "../token/src/index.ts"],
  ["app/report/b.ts", "../../infra/cloud.ts"],
  ["app/token/src/a.ts", "../../app-error.ts"],
  ["app/token/src/b.ts", "../test/manual-clock.ts"],
  ["app/token/src/c.ts", "local-azure"],
  ["app/token/src/d.ts", "local-azure/testing"],
  ["app/token/src/e.ts", "../../../infra/cloud.ts"],
  ["app/token/src/f.ts", "cross-tenant-tokens"],
  ["app/token/test/a.ts", "../../app-error.ts"],
  ["app/token/test/b.ts", "../../../test/lint/floors.ts"],
  ["app/token/test/c.ts", "local-azure"],
  ["app/token/test/d.ts", "cross-tenant-tokens/time"],
  ["app/token/test/fault-matrix/a.ts", "../../../app-error.ts"],
  ["app/token/test/fault-matrix/b.ts", "local-azure/testing"],
  ["app/token/test/fault-matrix/c.ts", "cross-tenant-tokens"],
  ["test/app/a.ts", "../../app/token/src/clock.ts"],
  ["test/bench/a.ts", "../../app/token/src/index.ts"],
  ["test/e2e/a.ts", "../azure/src/world/state.ts"],
  ["test/e2e/b.ts", "../azure/test/tenants/two-tenants.ts"],
  ["test/engine/src/workspace/a.ts", "local-azure"],
  ["test/engine/test/a.ts", "local-azure/testing"],
  ["test/engine/src/grpc/a.ts", "../plugins/protocol/provider.ts"],
  ["test/engine/src/cli/a.ts", "../workspace/workspace.ts"],
  ["test/engine/src/plugins/protocol/a.ts", "../azuread/graph.ts"],
  ["test/engine/src/plugins/sign-in/a.ts", "../protocol/provider.ts"],
  ["test/engine/src/plugins/azuread/a.ts", "../azure-native/web-app.ts"],
  ["test/engine/src/language-host/a.ts", "../workspace/workspace.ts"],
  ["test/engine/src/workspace/b.ts", "../../test/support/first-line.ts"],
  ["test/engine/src/a.ts", "../test/support/first-line.ts"],
  ["test/engine/src/b.ts", "../../azure/src/world/state.ts"],
  ["test/engine/src/c.ts", "local-azure"],
  ["test/engine/src/plugins/a.ts", "../grpc/serve-plugin.ts"],
  ["test/engine/src/plugins/b.ts", "./protocol/provider.ts"],
  ["test/engine/test/b.ts", "../../azure/src/world/state.ts"],
  ["test/engine/test/support/a.ts", "../../../azure/test/tenants/two-tenants.ts"],
  ["test/azure/src/base/a.ts", "../world/clock.ts"],
  ["test/azure/src/http/a.ts", "../world/clock.ts"],
  ["test/azure/src/http/faults/a.ts", "../listen.ts"],
  ["test/azure/src/world/a.ts", "../http/listen.ts"],
  ["test/azure/src/world/tokens/a.ts", "../../entra/entra.ts"],
  ["test/azure/src/service/a.ts", "../entra/entra.ts"],
  ["test/azure/src/entra/a.ts", "../graph/graph.ts"],
  ["test/azure/src/graph/a.ts", "../storage/storage.ts"],
  ["test/azure/src/resource-manager/a.ts", "../app-service/app-service.ts"],
  ["test/azure/src/app-service/a.ts", "../resource-manager/engine/errors.ts"],
  ["test/azure/src/instance-metadata/a.ts", "../entra/issue-token.ts"],
  ["test/azure/src/storage/a.ts", "../key-vault/key-vault.ts"],
  ["test/azure/src/key-vault/a.ts", "../local-azure/foundation.ts"],
  ["test/azure/src/surroundings/a.ts", "../entra/entra.ts"],
  ["test/azure/src/entra/rules/a.ts", "../grant-token.ts"],
  ["test/azure/src/graph/engine/a.ts", "../odata/page.ts"],
  ["test/azure/src/graph/odata/a.ts", "../render/application.ts"],
  ["test/azure/src/graph/render/a.ts", "../rules/restore.ts"],
  ["test/azure/src/graph/rules/a.ts", "../applications.ts"],
  ["test/azure/src/storage/engine/a.ts", "../rules/query.ts"],
  ["test/azure/src/storage/rules/a.ts", "../access/blob-operation.ts"],
  ["test/azure/src/storage/access/a.ts", "../copy/copy-source.ts"],
  ["test/azure/src/storage/azurite/a.ts", "../copy/copy-source.ts"],
  ["test/azure/src/storage/copy/a.ts", "../answer-request.ts"],
  ["test/azure/src/resource-manager/engine/a.ts", "../web/sites.ts"],
  ["test/azure/src/resource-manager/web/a.ts", "../storage/account-name.ts"],
  ["test/azure/src/resource-manager/storage/a.ts", "../../storage/storage.ts"],
  ["test/azure/src/resource-manager/key-vault/a.ts", "../routes.ts"],
  ["test/azure/src/world/b.ts", "./tokens/apis.ts"],
  ["test/azure/src/base/b.ts", "local-azure"],
  ["test/azure/src/entra/b.ts", "local-azure/testing"],
  ["test/azure/src/storage/rules/b.ts", "cross-tenant-tokens"],
  ["test/azure/src/local-azure/a.ts", "../../test/tenants/two-tenants.ts"],
  ["test/azure/src/local-azure/b.ts", "../../../engine/src/engine-version.ts"],
  ["test/azure/src/local-azure/c.ts", "local-azure"],
  ["test/azure/src/local-azure/seed/a.ts", "../../../test/tenants/two-tenants.ts"],
  ["test/azure/src/local-azure/seed/b.ts", "cross-tenant-tokens/time"],
  ["test/azure/src/a.ts", "../readme/services.ts"],
  ["test/azure/src/b.ts", "local-azure/testing"],
  ["test/azure/readme/a.ts", "../test/tenants/two-tenants.ts"],
  ["test/azure/readme/b.ts", "../../engine/src/engine-version.ts"],
  ["test/azure/test/a.ts", "../../engine/src/engine-version.ts"],
  ["test/azure/test/b.ts", "local-azure"],
  ["test/azure/test/graph/a.ts", "../../../../infra/cloud.ts"],
  ["test/azure/test/local-azure/persistence/a.ts", "../../../../engine/src/engine-version.ts"],
];

/** The same parts, importing what they may. */
const allowed: readonly (readonly [file: string, specifier: string])[] = [
  ["app/d.ts", "cross-tenant-tokens"],
  ["app/report/d.ts", "cross-tenant-tokens/time"],
  ["app/token/test/fault-matrix/d.ts", "../../src/clock.ts"],
  ["test/app/d.ts", "cross-tenant-tokens"],
  ["test/app/e.ts", "../../app/token/test/manual-clock.ts"],
  ["test/e2e/c.ts", "local-azure/testing"],
  ["test/engine/src/plugins/azuread/c.ts", "../protocol/provider.ts"],
  ["test/engine/src/workspace/c.ts", "../cli/provide-cli.ts"],
  ["test/engine/src/workspace/d.ts", "../plugins/stand-ins.ts"],
  ["test/engine/src/e.ts", "./workspace/workspace.ts"],
  ["test/engine/test/support/c.ts", "../../src/grpc/serve-plugin.ts"],
  ["test/azure/src/http/c.ts", "../base/guid.ts"],
  ["test/azure/src/world/tokens/c.ts", "../names/issuers.ts"],
  ["test/azure/src/graph/rules/c.ts", "../render/application.ts"],
  ["test/azure/src/resource-manager/web/c.ts", "../engine/errors.ts"],
  ["test/azure/src/resource-manager/storage/c.ts", "../../service/azure.ts"],
  ["test/azure/src/resource-manager/c.ts", "./storage/account-name.ts"],
  ["test/azure/src/local-azure/d.ts", "../world/state.ts"],
  ["test/azure/src/local-azure/seed/d.ts", "../../world/state.ts"],
  ["test/azure/readme/c.ts", "../src/graph/graph.ts"],
  ["test/azure/test/c.ts", "../src/world/state.ts"],
  ["test/azure/test/readme/c.ts", "../../readme/services.ts"],
  ["test/azure/test/graph/c.ts", "../../src/graph/engine/errors.ts"],
];

let parent: string;
let folder: string;
let found: Map<string, string[]>;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "planted-imports-"));
  // Above what is linted, where the configurations find oxlint all the same.
  await symlink(join(project, "node_modules"), join(parent, "node_modules"));
  folder = join(parent, "project");
  for (const config of [
    ".oxlintrc.json",
    "test/lint/floors.ts",
    "test/azure/oxlint.config.ts",
    "test/engine/oxlint.config.ts",
  ])
    await cp(join(project, config), join(folder, config));
  for (const [file, specifier] of [...refused, ...allowed]) await plant(file, specifier);
  await plant("infra/one.ts", "./other.ts");
  await plant("infra/other.ts", "./one.ts");
  found = await lint();
});
afterAll(() => rm(parent, { recursive: true, force: true }));

it.each(refused)("refuses in %s an import of %s", (file) => {
  expect(found.get(file)).toEqual(["eslint(no-restricted-imports)"]);
});

it("refuses files that import one another, be it types alone", () => {
  expect(found.get("infra/one.ts")).toEqual(["import(no-cycle)"]);
  expect(found.get("infra/other.ts")).toEqual(["import(no-cycle)"]);
});

it.each(allowed)("takes in %s an import of %s", (file) => {
  expect(found.get(file)).toBe(undefined);
});

async function plant(file: string, specifier: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(
    join(folder, file),
    `import type { Mine as Planted } from "${specifier}";\nexport type Mine = Planted;\n`,
  );
}

/** Names of the rules that were broken, by file. */
async function lint(): Promise<Map<string, string[]>> {
  const oxlint = join(project, "node_modules/.bin/oxlint");
  const run = promisify(execFile)(oxlint, ["--format", "json"], { cwd: folder });
  // It ends with 1 when it finds something, and tells all the same.
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  const { diagnostics } = JSON.parse(stdout) as {
    readonly diagnostics: readonly { readonly code: string; readonly filename: string }[];
  };
  const byFile = Map.groupBy(diagnostics, ({ filename }) => filename);
  return new Map([...byFile].map(([file, all]) => [file, all.map(({ code }) => code)]));
}
