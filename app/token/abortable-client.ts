import { AsyncLocalStorage } from "node:async_hooks";
import type { HttpClient } from "@azure/core-rest-pipeline";

const currentSignal = new AsyncLocalStorage<AbortSignal>();

/** Runs `work` so that every request it makes through an abortable client ends when `signal` fires. */
export function abortingWith<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return currentSignal.run(signal, work);
}

/**
 * An HTTP client whose requests can really be cancelled. `@azure/identity` has no timeout, ignores
 * the abort signal given to getToken and keeps the first managed identity's client for the whole
 * process, so the signal cannot travel by argument or by instance: it travels with the async context.
 */
export function abortableClient(inner: HttpClient): HttpClient {
  return {
    sendRequest(request) {
      const signal = currentSignal.getStore();
      if (signal !== undefined) request.abortSignal = signal;
      return inner.sendRequest(request);
    },
  };
}
