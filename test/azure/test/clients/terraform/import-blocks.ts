import type { Workspace } from "./workspace.ts";

interface StateResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly values: { readonly id: string };
}

/**
 * An import block for each resource of a workspace. Not for blobs: the provider reads no content back, and would write them
 * anew.
 */
export async function importBlocks(workspace: Workspace): Promise<string> {
  const state = (await workspace.state()) as {
    values: { root_module: { resources: readonly StateResource[] } };
  };
  return state.values.root_module.resources
    .filter(({ mode, type }) => mode === "managed" && type !== "azurerm_storage_blob")
    .map(({ address, values }) => `import {\n  to = ${address}\n  id = "${values.id}"\n}\n`)
    .join("\n");
}
