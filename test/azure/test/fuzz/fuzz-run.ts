import type { FuzzAnswer, Send } from "./fuzz-client.ts";
import type { FuzzRequest } from "./fuzz-request.ts";
import type { FuzzService } from "./fuzz-service.ts";
import { problemOf } from "./judge-answer.ts";

const RENEW_EVERY = 100;

/** The requests of one run so far, and what came of them. */
export class FuzzRun {
  requests = 0;
  /** Milliseconds of the slowest answer. */
  slowest = 0;
  /** How many answers had a status, by it. */
  readonly statuses = new Map<number, number>();
  /** Status and beginning of the answer that was found wrong last, empty when there was none. */
  wrongAnswer = "";
  readonly #service: FuzzService;
  readonly #send: Send;

  constructor(service: FuzzService, send: Send) {
    this.#service = service;
    this.#send = send;
  }

  /** Sends a request and tells in words what is wrong with what came of it; undefined when nothing is. */
  async mistakeOf(request: FuzzRequest): Promise<string | undefined> {
    if (this.requests++ % RENEW_EVERY === 0) {
      const failed = await this.#service.renew?.().catch(String);
      if (failed !== undefined) return `what is fuzzed cannot be made again: ${failed}`;
    }
    const before = await this.#read(request);
    const answer = await this.#ask(request).catch(String);
    const problem =
      typeof answer === "string"
        ? answer
        : (problemOf(this.#service, request, answer) ??
          (await this.#changeBy(request, answer, before)));
    if (problem === undefined) return undefined;
    this.wrongAnswer =
      typeof answer === "string" ? "" : `${answer.status} ${answer.body.slice(0, 500)}`;
    return `${request.method} ${request.route}: ${problem}`;
  }

  async #ask(request: FuzzRequest): Promise<FuzzAnswer> {
    const start = performance.now();
    const answer = await this.#send(request).finally(() => {
      this.slowest = Math.max(this.slowest, performance.now() - start);
    });
    this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
    return answer;
  }

  async #changeBy(
    request: FuzzRequest,
    { status }: FuzzAnswer,
    before: string | undefined,
  ): Promise<string | undefined> {
    if (status < 400 || before === undefined) return undefined;
    const after = await this.#read(request);
    // Gone is what an earlier request deletes in its own time.
    const isKept = after === before || after === undefined;
    return isKept ? undefined : "refused, and carried out in part";
  }

  /** What a request would write, undefined when that cannot be read. */
  async #read(request: FuzzRequest): Promise<string | undefined> {
    const read = this.#service.readingOf?.(request);
    const answer = read && (await this.#send(read));
    return answer?.status === 200 ? answer.body : undefined;
  }
}
