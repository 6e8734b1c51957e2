import { toAppError, type AppError } from "./app-error.ts";
import { authorize } from "./authorize.ts";
import type { TargetSlots } from "./target-slots.ts";
import type { BlobPage, TargetStore } from "./target-store.ts";
import type { Target } from "./target.ts";

const blobsShown = 50;

/** A target with the first of its blobs, or why they could not be listed. */
export interface TargetListing {
  readonly target: Target;
  readonly listing: BlobPage | AppError;
}

/** Lists every target's blobs side by side; one that fails neither hides nor breaks the others. */
export function listForPage(
  opened: readonly { readonly target: Target; readonly store: TargetStore }[],
  slots: TargetSlots,
): Promise<TargetListing[]> {
  return Promise.all(
    opened.map(async ({ target, store }) => {
      try {
        return { target, listing: await listOne(target, store, slots) };
      } catch (error) {
        return { target, listing: toAppError(error) };
      }
    }),
  );
}

async function listOne(target: Target, store: TargetStore, slots: TargetSlots): Promise<BlobPage> {
  authorize({ kind: "anonymous" }, target);
  const slot = slots.open(target.name);
  try {
    return await slot.wait(store.list(blobsShown, undefined, slot.signal));
  } finally {
    slot.close();
  }
}
