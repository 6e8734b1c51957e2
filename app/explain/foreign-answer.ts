import type { Failure } from "./refusal.ts";

/** Whether storage's address answered what Azure Storage never does. */
export function isForeignAnswer({ message }: Failure): boolean {
  return message.includes("answered something else than Azure Storage does");
}
