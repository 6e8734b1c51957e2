import { createHttpHeaders, type HttpClient } from "@azure/core-rest-pipeline";
import { discoveryAnswer, identityAnswer, tokenAnswer } from "./upstream/answers.ts";

const hourLife = { expires_in: 3599 };

/** Where `instantUpstream` stands in for the endpoints; nothing listens there and nothing is sent. */
export const instantAuthority = "https://login.localhost";

/** A transport that answers as the identity and login endpoints do, at once and within the process; storage tokens live for an hour. */
export function instantUpstream(): HttpClient {
  process.env["IDENTITY_ENDPOINT"] = "http://localhost/msi/token";
  process.env["IDENTITY_HEADER"] = "bench";
  let answers = 0;
  const answer = (url: string): object => {
    if (url.endsWith("/openid-configuration")) return discoveryAnswer(url);
    answers += 1;
    return url.startsWith(instantAuthority)
      ? tokenAnswer(answers, hourLife)
      : identityAnswer(answers);
  };
  const headers = createHttpHeaders({ "content-type": "application/json" });
  return {
    sendRequest: (request) =>
      Promise.resolve({
        request,
        status: 200,
        headers,
        bodyAsText: JSON.stringify(answer(request.url)),
      }),
  };
}
