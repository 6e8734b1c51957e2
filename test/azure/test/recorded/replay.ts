import { setTimeout } from "node:timers/promises";
import { addressHere } from "./addresses.ts";
import { Bindings } from "./bindings.ts";
import { compareAnswers, readAnswer, type Answer } from "./compare/compare-answers.ts";
import { type Kind, kindOf } from "./kinds.ts";
import { meetNeeds } from "./needs/needs.ts";
import { learnOperations } from "./needs/operations.ts";
import { NeedNotMet, type Replay } from "./needs/under-way.ts";
import type { RecordedWorld } from "./recorded-world.ts";
import type { Exchange, Recording } from "./recording.ts";
import { askMachine } from "./ask-machine.ts";
import { requestBody } from "./request-body.ts";
import { requestHeaders } from "./request-headers.ts";

/** What became of one exchange. */
export interface Replayed {
  /** `pair 017`, or `resource-group#3`. */
  readonly name: string;
  readonly what: string;
  readonly kind: Kind;
  /** `declared`: answered 501, as the support table says. `left out`: it says nothing here. */
  readonly outcome: "compared" | "declared" | "left out";
  readonly sameStatus: boolean;
  readonly realFields: number;
  readonly metFields: number;
  /** None for one that is met. */
  readonly differences: readonly string[];
}

/** Replays a recording from an empty tenant on. */
export async function replayRecording(
  world: RecordedWorld,
  recording: Recording,
): Promise<Replayed[]> {
  await world.reset();
  const bindings = new Bindings(knownIds(world, recording));
  const replay: Replay = { world, bindings, recording, planted: new Set() };
  const replayed: Replayed[] = [];
  for (const [index, exchange] of recording.exchanges.entries()) {
    const one = recording.exchanges.length === 1 ? recording.name : `${recording.name}#${index}`;
    replayed.push(await replayExchange(replay, one, exchange, recording.exchanges[index + 1]));
  }
  return replayed;
}

/** The subscriptions and tenants of a recording are all those that there are here. */
function knownIds(world: RecordedWorld, recording: Recording): Record<string, string> {
  const text = JSON.stringify(recording.exchanges);
  const ids = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, id = ""]) => id);
  const tenants = ids(/"(?:tenantId|homeTenantId|appOwnerOrganizationId)":"([\da-f-]{36})"/g);
  return Object.fromEntries([
    ...tenants.map((id) => [id, world.tenantId]),
    ...ids(/\/subscriptions\/([\da-f-]{36})/g).map((id) => [id, world.subscriptionId]),
  ]);
}

async function replayExchange(
  replay: Replay,
  name: string,
  exchange: Exchange,
  next: Exchange | undefined,
): Promise<Replayed> {
  const { method, url } = exchange.request;
  const base = {
    name,
    what: `${method} ${url}`,
    kind: kindOf(url),
    sameStatus: false,
    realFields: 0,
    metFields: 0,
  };
  const leftOut = (why: string): Replayed => ({ ...base, outcome: "left out", differences: [why] });
  // How often a client asks before an operation is over depends on its patience and on Azure's day.
  if (
    exchange.response.status === 202 &&
    next?.request.url === url &&
    next.request.method === method
  )
    return { ...leftOut(""), differences: [] };
  try {
    await meetNeeds(replay, exchange);
  } catch (error) {
    if (error instanceof NeedNotMet) return leftOut(`need not met: ${error.message.slice(0, 300)}`);
    throw error;
  }
  const here = await send(replay, exchange);
  if (here === undefined) return leftOut("no service here has the address");
  if (here.status === 501) {
    if (method !== "GET") replay.stale = true;
    return { ...base, outcome: "declared", differences: [] };
  }
  replay.bindings.learn(exchange.response.body, here.body);
  learnOperations(replay, exchange.response.headers, here.headers);
  const real = { ...exchange.response, body: replay.bindings.valueToHere(exchange.response.body) };
  const { real: realFields, met: metFields, differences } = compareAnswers(real, here);
  const sameStatus = here.status === exchange.response.status;
  return { ...base, outcome: "compared", sameStatus, realFields, metFields, differences };
}

/** Polls until an operation is over; a request that is no poll is sent once. */
async function send(replay: Replay, exchange: Exchange): Promise<Answer | undefined> {
  const { world, bindings } = replay;
  const { request, response } = exchange;
  const operation = bindings.operation(request.url);
  const asked = bindings.toHere(request.url).replaceAll("%7Btenant%7D", world.tenantId);
  const address =
    operation === undefined
      ? addressHere(
          asked.replace("{tenant}", world.tenantId),
          world.azure.endpoints,
          world.subscriptionId,
        )
      : ({ service: "resourceManager", url: operation } as const);
  if (request.url.startsWith("http://instance-metadata.")) return askMachine(replay, exchange);
  if (address === undefined) return undefined;
  const headers = requestHeaders(replay, exchange);
  const body = await requestBody(replay, exchange);
  for (let attempt = 0; ; attempt += 1) {
    const init = { method: request.method, headers, body };
    const answer = await readAnswer(await world.send(address.service, address.url, init));
    const goesOn = answer.status === 202 && response.status !== 202 && request.method === "GET";
    if (!goesOn || attempt === 50) return answer;
    world.wait(20_000);
    await setTimeout(20);
  }
}
