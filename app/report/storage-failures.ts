import type { Clock } from "cross-tenant-tokens/time";
import { AppError, isOfBlob } from "../app-error.ts";
import type { TargetStore } from "../target-store.ts";

/** A failure of storage, `at` milliseconds since the Unix epoch. */
export interface StorageFailure {
  readonly at: number;
  readonly error: AppError;
}

/** Remembers of each target how storage failed last, until storage answers it again. */
export class StorageFailures {
  readonly #clock: Clock;
  readonly #failures = new Map<string, StorageFailure>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What storage last failed `target` with; undefined when it has answered since. */
  last(target: string): StorageFailure | undefined {
    return this.#failures.get(target);
  }

  /** `store`, the one of `target`, whose failures are remembered. */
  watch(target: string, store: TargetStore): TargetStore {
    const watched = async <T>(work: Promise<T>): Promise<T> => {
      try {
        const result = await work;
        this.#failures.delete(target);
        return result;
      } catch (error) {
        this.#failed(target, error);
        throw error;
      }
    };
    return {
      list: (...call) => watched(store.list(...call)),
      read: (...call) => watched(store.read(...call)),
      write: (...call) => watched(store.write(...call)),
      remove: (...call) => watched(store.remove(...call)),
    };
  }

  // Nothing is learnt about storage from a caller that left, a body that broke off or a missing token.
  #failed(target: string, error: unknown): void {
    if (!(error instanceof AppError)) return;
    if (error.details.hop === "storage") {
      this.#failures.set(target, { at: this.#clock.now(), error });
    }
    if (isOfBlob(error)) this.#failures.delete(target);
  }
}
