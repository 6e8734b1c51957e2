import { operationPath, type OperationPath } from "./engine/operation-path.ts";
import type { Operation } from "./engine/operation.ts";

/** An operation that a request matches. */
export interface FoundOperation {
  readonly operation: Operation;
  /** The path in the reference's own spelling. */
  readonly id: string;
  /** Segments of the path by their names. */
  readonly params: Readonly<Record<string, string>>;
}

/** Compiles the paths of operations once; the first that matches answers. */
export function operationFinder(
  operations: readonly Operation[],
): (method: string, path: string) => FoundOperation | undefined {
  const compiled = operations.map((operation) => ({
    operation,
    template: operationPath(operation.path) satisfies OperationPath,
  }));
  return (method, path) => {
    for (const { operation, template } of compiled) {
      const params = operation.method === method ? template.match(path) : undefined;
      if (params !== undefined) return { operation, id: template.fill(params), params };
    }
    return undefined;
  };
}
