import type { Clock } from "cross-tenant-tokens/time";
import { toAppError, type AppError } from "../app-error.ts";
import { authorize } from "../authorize.ts";
import type { TargetSlots } from "../target-slots.ts";
import type { BlobPage, TargetStore } from "../target-store.ts";
import type { Target } from "../target.ts";

const blobsShown = 50;

/** Longer than any of this takes when all is well, and no longer than a person waits. */
const patienceMs = 3_000;

/** A target with the first of its blobs, why they could not be listed, or undefined: no answer so far. */
export interface TargetListing {
  readonly target: Target;
  readonly listing: BlobPage | AppError | undefined;
}

/** Lists every target's blobs side by side; one that fails or hangs neither hides nor delays the others. */
export function listForPage(
  opened: readonly { readonly target: Target; readonly store: TargetStore }[],
  slots: TargetSlots,
  clock: Clock,
): Promise<TargetListing[]> {
  return Promise.all(
    opened.map(async ({ target, store }) => {
      const tooLate = new AbortController();
      const late = Promise.withResolvers<undefined>();
      const cancelTimer = clock.after(patienceMs, () => {
        late.resolve(undefined);
        tooLate.abort();
      });
      const listing = listOne(target, store, slots, tooLate.signal).catch(toAppError);
      try {
        return { target, listing: await Promise.race([listing, late.promise]) };
      } finally {
        cancelTimer();
      }
    }),
  );
}

// Holds its slot until storage's client has really ended, so that reloading cannot pile up requests.
async function listOne(
  target: Target,
  store: TargetStore,
  slots: TargetSlots,
  signal: AbortSignal,
): Promise<BlobPage> {
  authorize({ kind: "anonymous" }, target);
  const slot = slots.open(target.name);
  try {
    const either = AbortSignal.any([slot.signal, signal]);
    return await slot.wait(store.list(blobsShown, undefined, either));
  } finally {
    slot.close();
  }
}
