import { setTimeout as delay } from "node:timers/promises";
import { decodeJwt } from "jose";
import { isProperties, type Properties, toProperties } from "../../grpc/properties.ts";
import { signIn, type SignIn } from "../sign-in/sign-in.ts";
import { graphError, isNotFound } from "./graph-error.ts";
import { sendWithRetries } from "./send-with-retries.ts";

/** Microsoft Graph v1.0 in the provider's tenant. Paths start with a slash. */
export interface Graph {
  /** The object id of who is signed in. */
  callerId(): Promise<string>;
  /** The absolute address of a directory object, as `owners@odata.bind` wants it. */
  directoryObject(id: string): Promise<string>;
  /** Undefined when there is no such object. */
  find(path: string): Promise<Properties | undefined>;
  /** Repeats a call until Graph knows the object that it is about. Rejects after five minutes or when cancelled. */
  onceShown<Result>(call: () => Promise<Result>): Promise<Result>;
  /** All pages of a collection. */
  list(path: string): Promise<Properties[]>;
  /**
   * Sends a request and returns what Graph answers; an empty object for no content.
   *
   * @param passing matches refusals that pass by themselves
   */
  send(
    method: "GET" | "POST" | "PATCH",
    path: string,
    body?: Properties,
    passing?: RegExp,
  ): Promise<Properties>;
  /** Deletes an object; that there is none is an error too. */
  remove(path: string): Promise<void>;
  /** As `remove`, and waits until reads say that it is gone. */
  removeObject(path: string): Promise<void>;
}

const SHOWN_WITHIN_MILLISECONDS = 5 * 60_000;

/** Reads an azuread provider's inputs. Sends nothing. */
export function connectGraph(config: Properties, cancelled: AbortSignal): Graph {
  const session = signIn("azuread", config, cancelled);
  const find = (path: string) =>
    call(session, "GET", path).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
  const remove = async (path: string) => {
    await call(session, "DELETE", path);
  };
  const patience = () =>
    AbortSignal.any([cancelled, AbortSignal.timeout(SHOWN_WITHIN_MILLISECONDS)]);
  return {
    callerId: async () => String(decodeJwt(await tokenOf(session))["oid"]),
    directoryObject: async (id) => `${(await session.cloud()).graph}/v1.0/directoryObjects/${id}`,
    find,
    async onceShown(callAgain) {
      const signal = patience();
      for (;;) {
        try {
          return await callAgain();
        } catch (error) {
          if (!isNotFound(error)) throw error;
          await delay(200, undefined, { signal });
        }
      }
    },
    list: (path) => listPages(session, path),
    send: (method, path, body, passing) => call(session, method, path, body, passing),
    remove,
    async removeObject(path) {
      await remove(path);
      const signal = patience();
      while ((await find(path)) !== undefined) await delay(200, undefined, { signal });
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
  passing?: RegExp,
): Promise<Properties> {
  // A request that is under way is not cut off: an application whose answer is lost becomes an orphan.
  session.cancelled.throwIfAborted();
  const { graph } = await session.cloud();
  const url = new URL(pathOrLink.startsWith("/") ? `${graph}/v1.0${pathOrLink}` : pathOrLink);
  // A link to the next page must not carry the token elsewhere.
  if (url.origin !== new URL(graph).origin) {
    throw new Error(`Graph names a next page outside of ${graph}: ${url.origin}`);
  }
  const authorization = `Bearer ${await tokenOf(session)}`;
  const request = {
    method,
    headers: { authorization, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  };
  const { status, ok, text } = await sendWithRetries(url, request, session.cancelled, passing);
  if (!ok) throw graphError(status, text);
  return text === "" ? {} : toProperties(JSON.parse(text) as object);
}

async function tokenOf(session: SignIn): Promise<string> {
  const { graphScope } = await session.cloud();
  const token = await (await session.credential()).getToken(graphScope);
  if (!token) throw new Error(`no token for ${graphScope}`);
  return token.token;
}
