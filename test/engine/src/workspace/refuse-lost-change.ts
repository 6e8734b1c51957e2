/**
 * Refuses the commands that write the stack's configuration: its file is copied before every command, so the change would
 * be gone with the next one.
 */
export function refuseLostChange([command = "", action = ""]: readonly string[]): void {
  if (command !== "config" || !/^(set|set-all|rm|rm-all|cp|refresh)$/.test(action)) return;
  throw new Error(`pulumi config ${action} would be lost here: edit Pulumi.dev.yaml instead`);
}
