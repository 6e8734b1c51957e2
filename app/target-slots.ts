import type { Clock } from "cross-tenant-tokens/time";
import { AppError } from "./app-error.ts";

export interface SlotLimits {
  readonly maxInFlightPerTarget: number;
  /** The longest time, in milliseconds, in which nothing moves. */
  readonly deadlineMs: number;
}

/** One operation in flight on one target. */
export interface Slot {
  /** Fires at the deadline. */
  readonly signal: AbortSignal;
  /** Something moved: the deadline starts again. */
  progress(): void;
  /** `work`, or AppError 504 at the deadline even when `work` ignores the signal. */
  wait<T>(work: Promise<T>): Promise<T>;
  /** Gives the slot back; to be called exactly once. */
  close(): void;
}

/** Keeps one tenant's slow or flooded storage from taking the whole site. */
export class TargetSlots {
  readonly #limits: SlotLimits;
  readonly #clock: Clock;
  readonly #inFlight = new Map<string, number>();

  constructor(limits: SlotLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** A slot on `target`; throws AppError 429 when all of them are taken. */
  open(target: string): Slot {
    const taken = this.#inFlight.get(target) ?? 0;
    if (taken >= this.#limits.maxInFlightPerTarget) {
      const message = `${taken} requests to target "${target}" are in flight; try again`;
      throw new AppError(429, "ERR_TOO_MANY_REQUESTS", message);
    }
    this.#inFlight.set(target, taken + 1);
    return openSlot(this.#clock, this.#limits.deadlineMs, () => {
      this.#inFlight.set(target, (this.#inFlight.get(target) ?? 1) - 1);
    });
  }
}

function openSlot(clock: Clock, deadlineMs: number, giveBack: () => void): Slot {
  const controller = new AbortController();
  const late = Promise.withResolvers<never>();
  late.promise.catch(() => undefined);
  const expire = (): void => {
    const message = `storage: nothing moved for ${deadlineMs / 1000} s`;
    const error = new AppError(504, "ERR_UPSTREAM_DEADLINE", message, { hop: "storage" });
    late.reject(error);
    controller.abort(error);
  };
  let cancelTimer = clock.after(deadlineMs, expire);
  let closed = false;
  return {
    signal: controller.signal,
    progress() {
      // A stream's last chunk may be taken after its end was noticed.
      if (closed) return;
      cancelTimer();
      cancelTimer = clock.after(deadlineMs, expire);
    },
    wait: (work) => Promise.race([work, late.promise]),
    close() {
      closed = true;
      cancelTimer();
      giveBack();
    },
  };
}
