import { type Answer, NoAnswer } from "../../../infra/package/answer.ts";
import { Patience, type Waiting } from "../../../infra/package/patience.ts";

/** What a request came to; an error stands for no answer. */
type Came = Answer | Error;

/** How a test's SCM and Resource Manager answer, by the time since the start in milliseconds. */
export interface Answers {
  readonly publish: (now: number, sent: number) => Came;
  readonly list: (now: number, sent: number) => Came;
  readonly status: (now: number) => Came;
  readonly file: (path: string) => Came;
}

export const publishPath =
  "/api/publish?type=zip&clean=true&async=true&trackDeploymentProgress=true";

export const built = { hash: "a".repeat(64), zip: new Uint8Array([1]) };

export const answer = (status: number, body: unknown = "", headers = {}): Answer => ({
  host: "scm.example",
  status,
  headers: new Headers(headers),
  text: typeof body === "string" ? body : JSON.stringify(body),
});

export const accepted = (id: string) => answer(202, "", { "scm-deployment-id": id });
export const runtime = (status: string, more = {}) =>
  answer(200, { properties: { status, ...more } });
export const running = { status: 0, complete: false, is_temp: false };
export const ended = { status: 4, status_text: "", complete: true, is_temp: false };

/** No answer, for Node's reason. */
export const fails = (code: string, message = code) =>
  new NoAnswer("scm.example", new TypeError("fetch failed", { cause: nodeError(code, message) }));

export function nodeError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

const come = (came: Came) => (came instanceof Error ? Promise.reject(came) : Promise.resolve(came));

/** A site whose deployment "d1" goes well at once, but for what a test says otherwise, in a time that needs no waiting. */
export function virtualSite(answers: Partial<Answers> = {}, waiting: Waiting = {}) {
  const {
    publish = () => accepted("d1"),
    list = (_, sent) => answer(200, sent === 0 ? [] : [{ id: "d1", ...ended }]),
    status = () => runtime("RuntimeSuccessful"),
    file = () => answer(200, built.hash),
  } = answers;
  let now = 0;
  const sleep = (milliseconds: number) => Promise.resolve((now += milliseconds));
  const posts: number[] = [];
  const said: string[] = [];
  return {
    /** When the package was sent. */
    posts,
    said,
    asked: [] as string[],
    now: () => now,
    sleep,
    patience: new Patience({
      now: () => now,
      sleep,
      say: (line) => void said.push(line),
      ...waiting,
    }),
    scm(path: string, zip?: Uint8Array): Promise<Answer> {
      this.asked.push(`${zip === undefined ? "GET" : "POST"} ${path}`);
      if (zip === undefined && path === "/api/deployments/") return come(list(now, posts.length));
      if (zip === undefined) return come(file(path));
      posts.push(now);
      return come(publish(now, posts.length));
    },
    resourceManager(path: string): Promise<Answer> {
      this.asked.push(`resource manager ${path}`);
      return come(status(now));
    },
  };
}
