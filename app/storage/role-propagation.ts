import { pause, type Clock } from "cross-tenant-tokens/time";
import { AppError, isOfBlob } from "../app-error.ts";

/** learn.microsoft.com "Troubleshoot Azure RBAC": a new role assignment takes up to 10 minutes. */
const propagationMs = 10 * 60_000;
/** Short: whoever waits for a role that never comes waits this long as well. */
const pausesMs = [500, 1_000];

/**
 * Bridges the time in which a new role assignment on one target is not yet effective: a read that
 * storage refuses for want of the role is repeated, until the target has answered once and for the
 * first 10 minutes at most. Nothing that changes a blob is repeated.
 */
export class RolePropagation {
  readonly #clock: Clock;
  readonly #endsAt: number;
  #answered = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#endsAt = clock.now() + propagationMs;
  }

  /** `operation`, once; its success tells that the role is effective. */
  async once<T>(operation: () => Promise<T>): Promise<T> {
    try {
      const result = await operation();
      this.#answered = true;
      return result;
    } catch (error) {
      // Storage looks at the role before it looks at the blob.
      if (error instanceof AppError && isOfBlob(error)) this.#answered = true;
      throw error;
    }
  }

  /** `read`, repeated after 0.5 and 1 s; the waiting ends with the reason of `signal` when it fires. */
  async repeat<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (const pauseMs of pausesMs) {
      try {
        return await this.once(read);
      } catch (error) {
        if (!this.#mayPropagate(error)) throw error;
      }
      await pause(this.#clock, pauseMs, signal);
    }
    return this.once(read);
  }

  #mayPropagate(error: unknown): boolean {
    return (
      error instanceof AppError &&
      error.details.azureCode === "AuthorizationPermissionMismatch" &&
      !this.#answered &&
      this.#clock.now() < this.#endsAt
    );
  }
}
