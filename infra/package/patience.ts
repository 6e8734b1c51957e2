import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, NoAnswer } from "./answer.ts";
import { Refusal, refusal } from "./refusal.ts";

const DEADLINE_MILLISECONDS = 15 * 60_000;

/** How long a site that was just made may refuse what it will take. */
const YOUNG_MILLISECONDS = 5 * 60_000;

const FIRST_PAUSE_MILLISECONDS = 250;
const LONGEST_PAUSE_MILLISECONDS = 5_000;

export interface Waiting {
  /** Whether the site may be one that was just made. */
  readonly isNew?: boolean;
  /** @default 15 minutes */
  readonly milliseconds?: number;
  /** Tells whoever runs Pulumi. @default on standard output */
  readonly say?: (line: string) => void;
  /** Time, so that tests need not wait. */
  readonly now?: () => number;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** Waits for what passes by itself, for so long in all, and says what it waits for. */
export class Patience {
  readonly say: (line: string) => void;
  readonly now: () => number;
  readonly #sleep: (milliseconds: number) => Promise<unknown>;
  readonly #start: number;
  readonly #deadline: number;
  readonly #youngUntil: number;
  #waitingFor: string | undefined;
  #pause = FIRST_PAUSE_MILLISECONDS;

  constructor(waiting: Waiting = {}) {
    this.say = waiting.say ?? print;
    this.now = waiting.now ?? Date.now;
    this.#sleep = waiting.sleep ?? sleep;
    this.#start = this.now();
    this.#deadline = this.#start + (waiting.milliseconds ?? DEADLINE_MILLISECONDS);
    this.#youngUntil = waiting.isNew === true ? this.#start + YOUNG_MILLISECONDS : this.#start;
  }

  /**
   * The answer to a request that may be sent again, with status 200, 202 or one of `accepted`.
   *
   * @throws {Refusal} for what does not pass by itself, or has not passed in time.
   */
  async ask(
    what: string,
    request: () => Promise<Answer>,
    accepted: readonly number[] = [],
  ): Promise<Answer> {
    for (;;) {
      const answer = await this.attempt(what, request, accepted);
      if (!(answer instanceof Refusal)) return answer;
      await this.bear(answer);
    }
  }

  /** What `call` resolves with, which may throw a refusal or have no answer, and then is made again. */
  async retry<Result>(what: string, call: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await call();
      } catch (error) {
        const refused = error instanceof NoAnswer ? refusal(error, what) : error;
        if (!(refused instanceof Refusal)) throw error;
        await this.bear(refused);
      }
    }
  }

  /** One request: its answer, or why there is none. */
  async attempt(
    what: string,
    request: () => Promise<Answer>,
    accepted: readonly number[] = [],
  ): Promise<Answer | Refusal> {
    try {
      const answer = await request();
      if ([200, 202, ...accepted].includes(answer.status)) return answer;
      return refusal(answer, what);
    } catch (error) {
      if (error instanceof NoAnswer) return refusal(error, what);
      throw error;
    }
  }

  /** Waits a little for what was refused to pass. Throws the refusal when it does not pass, or not any more. */
  async bear(refused: Refusal): Promise<void> {
    const { nature } = refused;
    if (nature === "final") throw refused;
    if (nature === "young" && this.now() >= this.#youngUntil) throw refused;
    if (this.now() >= this.#deadline) throw refused;
    await this.pause(refused.message);
  }

  /** Waits a little, longer each time, and says once for what. Throws when time is over. */
  async pause(reason: string): Promise<void> {
    if (this.now() >= this.#deadline) {
      const minutes = Math.round((this.#deadline - this.#start) / 60_000);
      throw new Error(`it took longer than ${minutes} minutes; last: ${reason}`);
    }
    if (this.#waitingFor !== reason) {
      this.#waitingFor = reason;
      this.#pause = FIRST_PAUSE_MILLISECONDS;
      this.say(`waiting: ${reason}`);
    }
    await this.#sleep(this.#pause);
    this.#pause = Math.min(this.#pause * 1.5, LONGEST_PAUSE_MILLISECONDS);
  }
}

/**
 * The engine shows each line that a provider prints. `pulumi.log` says nothing here: in the process of dynamic providers the
 * SDK has no connection to the engine (read and tried with 3.259.0).
 */
function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
