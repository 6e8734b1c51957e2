import type { TokenCredential } from "@azure/core-auth";
import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { expect, test } from "vitest";
import { attemptClient } from "../src/attempt.ts";
import { fetchToken } from "../src/fetch-token.ts";
import type { TokenHop } from "../src/token-error.ts";
import { ManualClock } from "./manual-clock.ts";

const hour = 3_600_000;
const minute = 60_000;

test.each([
  ["ahead by ten minutes", 10 * minute],
  ["behind by ten minutes", -10 * minute],
])("an identity's token lasts as long as it is good when the upstream is %s", async (_, skewMs) => {
  expect(await lifeOf("managed identity", skewMs)).toBe(hour);
});

test.each([
  ["ahead by more than ten minutes", 10 * minute + 1_000],
  ["behind by more than ten minutes", -10 * minute - 1_000],
])("takes no notice of a date that is %s: the header is wrong", async (_case, skewMs) => {
  expect(await lifeOf("managed identity", skewMs)).toBe(hour + skewMs);
});

test.each([5 * minute, -5 * minute])(
  "leaves the expiry of an exchanged token as it is when the upstream is %i ms ahead",
  async (skewMs) => {
    expect(await lifeOf("token exchange", skewMs)).toBe(hour + skewMs);
  },
);

/** How long by this clock a token lasts that expires in an hour by the clock of its upstream. */
async function lifeOf(hop: TokenHop, skewMs: number): Promise<number> {
  const clock = new ManualClock();
  const signal = new AbortController().signal;
  const serverTime = clock.now() + skewMs;
  const token = await fetchToken({ hop, clock, scope: "scope" }, signal, () =>
    credentialAt(serverTime),
  );
  return token.expiresOnTimestamp - clock.now();
}

function credentialAt(serverTime: number): TokenCredential {
  const headers = createHttpHeaders({ date: new Date(serverTime).toUTCString() });
  const client = attemptClient({
    sendRequest: (request) => Promise.resolve({ request, status: 200, headers }),
  });
  return {
    async getToken() {
      await client.sendRequest(createPipelineRequest({ url: "https://upstream.example/" }));
      return { token: "token", expiresOnTimestamp: serverTime + hour };
    },
  };
}
