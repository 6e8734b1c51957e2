import { setTimeout as delay } from "node:timers/promises";
import { isProperties, type Properties, textOf, toProperties } from "../../grpc/properties.ts";
import { signIn, type SignIn } from "../sign-in/sign-in.ts";

/** Microsoft Graph v1.0 in the provider's tenant. Paths start with a slash. */
export interface Graph {
  /** The absolute address of a directory object, as `owners@odata.bind` wants it. */
  directoryObject(id: string): Promise<string>;
  /** Undefined when there is no such object. */
  find(path: string): Promise<Properties | undefined>;
  /** Waits until reads show what was just made, as the real provider does. Rejects after five minutes or when cancelled. */
  shown(path: string): Promise<void>;
  /** All pages of a collection. */
  list(path: string): Promise<Properties[]>;
  /** Sends a change and returns what Graph answers; an empty object for no content. */
  send(method: "POST" | "PATCH", path: string, body: Properties): Promise<Properties>;
  /** Succeeds when the object is gone already. */
  remove(path: string): Promise<void>;
}

const SHOWN_WITHIN_MILLISECONDS = 5 * 60_000;

/** A refusal of Graph, with its code and text (https://learn.microsoft.com/graph/errors). */
export class GraphError extends Error {
  readonly statusCode: number;
  readonly code: string;

  constructor(statusCode: number, code: string, message: string) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
  }
}

/** Reads an azuread provider's inputs. Sends nothing. */
export function connectGraph(config: Properties, cancelled: AbortSignal): Graph {
  const session = signIn("azuread", config, cancelled);
  const find = async (path: string) => {
    try {
      return await call(session, "GET", path);
    } catch (error) {
      if (error instanceof GraphError && error.statusCode === 404) return undefined;
      throw error;
    }
  };
  return {
    find,
    async shown(path) {
      const signal = AbortSignal.any([cancelled, AbortSignal.timeout(SHOWN_WITHIN_MILLISECONDS)]);
      while ((await find(path)) === undefined) await delay(200, undefined, { signal });
    },
    directoryObject: async (id) => `${(await session.cloud()).graph}/v1.0/directoryObjects/${id}`,
    list: (path) => listPages(session, path),
    send: (method, path, body) => call(session, method, path, body),
    async remove(path) {
      await call(session, "DELETE", path).catch((error: unknown) => {
        if (!(error instanceof GraphError) || error.statusCode !== 404) throw error;
      });
    },
  };
}

async function listPages(session: SignIn, path: string): Promise<Properties[]> {
  const items: Properties[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const page: Properties = await call(session, "GET", next);
    if (Array.isArray(page["value"])) items.push(...page["value"].filter(isProperties));
    const link = page["@odata.nextLink"];
    next = typeof link === "string" ? link : undefined;
  }
  return items;
}

async function call(
  session: SignIn,
  method: string,
  pathOrLink: string,
  body?: Properties,
): Promise<Properties> {
  // A request that is under way is not cut off: an application whose answer is lost becomes an orphan.
  session.cancelled.throwIfAborted();
  const { graph, graphScope } = await session.cloud();
  const url = new URL(pathOrLink.startsWith("/") ? `${graph}/v1.0${pathOrLink}` : pathOrLink);
  // A link to the next page must not carry the token elsewhere.
  if (url.origin !== new URL(graph).origin) {
    throw new Error(`Graph names a next page outside of ${graph}: ${url.origin}`);
  }
  const token = await (await session.credential()).getToken(graphScope);
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token?.token}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw graphError(response.status, `${method} ${url.pathname}`, text);
  return text === "" ? {} : toProperties(JSON.parse(text) as object);
}

function graphError(status: number, request: string, text: string): GraphError {
  try {
    const { error } = toProperties(JSON.parse(text) as object);
    if (isProperties(error) && typeof error["message"] === "string") {
      return new GraphError(status, textOf(error, "code"), error["message"]);
    }
  } catch {
    // Not Graph's shape: reported as it is below.
  }
  return new GraphError(status, "unknown", `${request} answered: ${text.slice(0, 500)}`);
}
