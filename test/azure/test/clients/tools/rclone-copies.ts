import { type Case, requireText } from "../case.ts";
import type { Tool } from "./tool.ts";

/** A case that copies a folder, whose files must then be the same. `shown` is what rclone must have said while it did. */
export function copies(
  rclone: Tool,
  name: string,
  [from, to]: readonly [from: string, to: string],
  { options = [], shown = "" }: { options?: readonly string[]; shown?: string } = {},
): Case {
  const run = async () => {
    requireText(await rclone.succeed(["copy", "-v", from, to, ...options]), shown);
    await requireSame(rclone, from, to);
  };
  return { name, run };
}

/** Throws unless two folders have the same files, byte for byte. */
export async function requireSame(rclone: Tool, one: string, other: string): Promise<void> {
  requireText(await rclone.succeed(["check", "--download", one, other]), "0 differences found");
}
