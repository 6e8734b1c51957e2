import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
} from "@azure/core-rest-pipeline";
import { expect, test } from "vitest";
import { attemptClient, runAttempt, type Attempt } from "../src/attempt.ts";

const date = "Thu, 01 Jan 2026 00:00:00 GMT";

test.each([
  ["seconds", "7", date, 7_000],
  ["no time at all", "0", date, 0],
  ["more than a minute", "61", date, 60_000],
  ["a date, counted from the answer's own", "Thu, 01 Jan 2026 00:00:10 GMT", date, 10_000],
  ["a date more than a minute away", "Thu, 01 Jan 2026 01:00:00 GMT", date, 60_000],
])("reads a Retry-After of %s", async (_case, retryAfter, date, retryAfterMs) => {
  expect(await answerTo({ "retry-after": retryAfter, date })).toMatchObject({ retryAfterMs });
});

test.each([
  ["a date before the answer's own", "Wed, 31 Dec 2025 23:59:50 GMT", date],
  ["a date when the answer has none", "Thu, 01 Jan 2026 00:00:10 GMT", undefined],
  ["a negative number", "-5", date],
  ["words", "in a while", date],
])("takes no notice of a Retry-After of %s", async (_case, retryAfter, date) => {
  const answer = await answerTo({ "retry-after": retryAfter, ...(date !== undefined && { date }) });
  expect(answer).not.toHaveProperty("retryAfterMs");
});

test("keeps the body of a refusal, and of no other answer", async () => {
  expect(await answerTo({}, 400)).toMatchObject({ status: 400, refusal: "body" });
  expect(await answerTo({}, 200)).toEqual({ status: 200 });
});

test("gives each request the signal of its own attempt", async () => {
  const attempts = [1, 2].map(() => ({ signal: new AbortController().signal }));
  const requests = attempts.map(() => createPipelineRequest({ url: "https://login.example/" }));
  const client = attemptClient(answering({}));
  const send = (attempt: Attempt, index: number) =>
    runAttempt(attempt, async () => {
      await Promise.resolve();
      const request = requests[index];
      if (request !== undefined) await client.sendRequest(request);
    });
  await Promise.all(attempts.map(send));
  expect(requests[0]?.abortSignal).toBe(attempts[0]?.signal);
  expect(requests[1]?.abortSignal).toBe(attempts[1]?.signal);
});

test("passes on a request that belongs to no attempt as it is", async () => {
  const request = createPipelineRequest({ url: "https://login.example/" });
  const response = await attemptClient(answering({})).sendRequest(request);
  expect(response).toMatchObject({ request, status: 200 });
  expect(request.abortSignal).toBeUndefined();
});

/** What an attempt keeps of an answer with these headers. */
async function answerTo(headers: Record<string, string>, status = 429) {
  const attempt: Attempt = { signal: new AbortController().signal };
  const request = createPipelineRequest({ url: "https://login.example/" });
  const client = attemptClient(answering(headers, status));
  await runAttempt(attempt, () => client.sendRequest(request));
  return attempt.answer;
}

function answering(headers: Record<string, string>, status = 200): HttpClient {
  return {
    sendRequest: (request) =>
      Promise.resolve({
        request,
        status,
        headers: createHttpHeaders(headers),
        bodyAsText: "body",
      }),
  };
}
