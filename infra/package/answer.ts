import { reasonOf } from "../reason-of.ts";

const REQUEST_DEADLINE_MILLISECONDS = 120_000;

/** An answer, read to its end. */
export interface Answer {
  readonly host: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** No answer came, or not all of it: name, connection, certificate or time failed. */
export class NoAnswer extends Error {
  readonly host: string;
  /** Node's code at the root, empty when there is none. */
  readonly code: string;

  constructor(host: string, error: unknown) {
    super(`${host} gave no answer: ${reasonOf(error)}`, { cause: error });
    this.host = host;
    this.code = codeOf(error);
  }
}

/**
 * One request and its whole answer; the caller judges the status.
 *
 * @throws {NoAnswer} when there is none within two minutes.
 */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const { host } = new URL(url);
  try {
    const signal = AbortSignal.timeout(REQUEST_DEADLINE_MILLISECONDS);
    const response = await fetch(url, { ...init, signal });
    const { status, headers } = response;
    return { host, status, headers, text: await response.text() };
  } catch (error) {
    throw new NoAnswer(host, error);
  }
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (!(error instanceof Error)) return "";
  const { code, cause } = error as NodeJS.ErrnoException;
  // An AbortSignal's errors have numbers as codes.
  return cause === undefined && typeof code === "string" ? code : codeOf(cause);
}
