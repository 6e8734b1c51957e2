import { decodeJwt } from "jose";
import { isJsonObject } from "../../src/base/json.ts";
import { type Answer, readAnswer } from "./compare/compare-answers.ts";
import { machineId } from "./needs/machine.ts";
import type { Replay } from "./needs/under-way.ts";
import type { Exchange } from "./recording.ts";
import { requestHeaders } from "./request-headers.ts";

/** Asks the instance metadata service; of an address that ends in `#claims`, the token's claims are the answer. */
export async function askMachine(replay: Replay, exchange: Exchange): Promise<Answer> {
  const { world } = replay;
  const origin = await world.instanceMetadata(machineId(world.subscriptionId));
  const { pathname, hash } = new URL(exchange.request.url);
  const query = "?api-version=2018-02-01&resource=https://management.azure.com/";
  const headers = requestHeaders(replay, exchange);
  const answer = await readAnswer(await fetch(`${origin}${pathname}${query}`, { headers }));
  if (hash !== "#claims" || !isJsonObject(answer.body)) return answer;
  return { ...answer, body: decodeJwt(String(answer.body["access_token"])) };
}
