import type { MiddlewareHandler } from "hono";
import type { Clock } from "../world/clock.ts";
import { MetadataError } from "./errors.ts";

const REQUESTS_PER_SECOND = 20;
const CONCURRENT_REQUESTS = 5;

/**
 * What one virtual machine may ask for managed identity tokens (managed-identities-faq, "rate limits"); the rest is refused
 * with 429, whose body was observed.
 */
export function limitRequests(clock: Clock): MiddlewareHandler {
  let admitted: number[] = [];
  let concurrent = 0;
  return async (_, next) => {
    const now = clock.now();
    admitted = admitted.filter((time) => time > now - 1000);
    if (admitted.length >= REQUESTS_PER_SECOND || concurrent >= CONCURRENT_REQUESTS) {
      throw new MetadataError("invalid_request", "Temporarily throttled, too many requests", 429);
    }
    admitted.push(now);
    concurrent += 1;
    try {
      await next();
    } finally {
      concurrent -= 1;
    }
  };
}
