import type { Failure } from "./refusal.ts";

/** Whether storage's address answered what Azure Storage never does. */
export function isForeignAnswer({ details }: Failure): boolean {
  return details.foreignAnswer === true;
}
