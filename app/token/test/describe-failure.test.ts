import { expect, test } from "vitest";
import { describeFailure } from "../src/describe-failure.ts";

const error = new Error("the credential failed");

test.each([50_033, 50_196, 90_012, 90_024, 90_033, 90_055])(
  "takes AADSTS%i for a disturbance although it comes as a refusal",
  (aadsts) => {
    const refusal = JSON.stringify({ error_description: `AADSTS${aadsts}: Try again later.` });
    expect(
      describeFailure("token exchange", error, { answer: { status: 400, refusal } }),
    ).toMatchObject({
      code: "ERR_UPSTREAM_UNAVAILABLE",
      isTransient: true,
      details: { aadsts, upstreamStatus: 400 },
    });
  },
);

test.each([
  ["token exchange", 200],
  ["token exchange", 302],
  ["token exchange", 408],
  ["token exchange", 429],
  ["token exchange", 500],
  ["token exchange", 503],
  ["managed identity", 404],
  ["managed identity", 408],
  ["managed identity", 410],
  ["managed identity", 429],
] as const)("takes a %s that answers %i for a disturbance", (hop, status) => {
  const failure = describeFailure(hop, error, { answer: { status } });
  expect(failure).toMatchObject({ hop, code: "ERR_UPSTREAM_UNAVAILABLE", isTransient: true });
});

test.each([
  ["token exchange", 400, "ERR_TOKEN_EXCHANGE"],
  ["token exchange", 401, "ERR_TOKEN_EXCHANGE"],
  ["token exchange", 404, "ERR_TOKEN_EXCHANGE"],
  ["token exchange", 410, "ERR_TOKEN_EXCHANGE"],
  ["managed identity", 400, "ERR_MANAGED_IDENTITY"],
  ["managed identity", 499, "ERR_MANAGED_IDENTITY"],
] as const)("takes a %s that answers %i for a refusal", (hop, status, code) => {
  const failure = describeFailure(hop, error, { answer: { status } });
  expect(failure).toMatchObject({
    hop,
    code,
    isTransient: false,
    message: `answered ${status} without a reason`,
  });
});
