import { beforeAll, describe, expect, it } from "vitest";
import type { BearerRefusal } from "../../src/world/tokens/bearer.ts";
import { badHeaders } from "./bad-headers.ts";
import { foreignTokens } from "./foreign-tokens.ts";
import { forgedTokens } from "./forged-tokens.ts";
import type { GoodToken } from "./good-token.ts";
import { misissuedTokens } from "./misissued-tokens.ts";

/** What a refusal is about: the reason, and the claim that was refused where it is one. */
export interface Refused {
  readonly reason: BearerRefusal;
  /** Issuer, audience or expiry, as text; empty when there is none. */
  readonly found: string;
}

/** A request that only the good token's holder may send. */
export interface GuardedRequest {
  /** With this Authorization header; without one when undefined. */
  readonly send: (authorization: string | undefined) => Response | Promise<Response>;
  /** What the good token gets. */
  readonly accepted: number;
  /** Where this request is refused in other words than the service's others. */
  readonly refusal?: (refused: Refused) => object;
}

/** A service that takes tokens, around one that it accepts. */
export interface GuardedService {
  readonly good: GoodToken;
  readonly requests: Readonly<Record<string, GuardedRequest>>;
  /** The parts of an answer that tests compare. */
  readonly read: (response: Response) => Promise<object>;
  readonly refusal: (refused: Refused) => object;
  /** Everything that the requests could have changed. */
  readonly state: () => unknown;
  /** What the service has logged. */
  readonly logged: readonly string[];
}

/** The conformance tests of a service's authentication: every bad token and header, on every kind of request. */
export function refusesBadTokens(title: string, start: () => Promise<GuardedService>): void {
  describe(title, () => {
    let service: GuardedService;
    let before: unknown;
    beforeAll(async () => {
      service = await start();
      before = structuredClone(await service.state());
    });

    it.each([...forgedTokens, ...misissuedTokens, ...foreignTokens])(
      "refuses a token: $name",
      async ({ reason, of }) => {
        const token = await of(service.good);
        await refused(service, `Bearer ${token}`, { reason, found: foundIn(token, reason) });
      },
    );

    it.each(badHeaders)("refuses $name for an Authorization header", async ({ reason, of }) => {
      await refused(service, of(service.good.token), { reason, found: "" });
    });

    it("has done nothing of what it refused, but does it for the good token", async () => {
      expect(await service.state()).toEqual(before);
      for (const [name, { send, accepted }] of Object.entries(service.requests)) {
        for (const scheme of ["bearer", "Bearer"]) {
          const { status } = await send(`${scheme} ${service.good.token}`);
          expect([name, scheme, status]).toEqual([name, scheme, accepted]);
        }
      }
    });
  });
}

async function refused(
  service: GuardedService,
  authorization: string | undefined,
  why: Refused,
): Promise<void> {
  const secrets = (authorization ?? "").split(/[ .]/).filter((part) => part.length >= 16);
  for (const [name, { send, refusal = service.refusal }] of Object.entries(service.requests)) {
    const response = await send(authorization);
    const shown = JSON.stringify([...response.headers, await response.clone().text()]);
    expect({ name, ...(await service.read(response)) }).toEqual({ name, ...refusal(why) });
    for (const text of [shown, ...service.logged])
      expect(secrets.some((secret) => text.includes(secret))).toBe(false);
  }
}

const quotedClaims: Partial<Record<BearerRefusal, string>> = {
  issuer: "iss",
  audience: "aud",
  expired: "exp",
};

/** The claim that a token is refused for. */
function foundIn(token: string, reason: BearerRefusal): string {
  const claim = quotedClaims[reason];
  const part = token.split(".")[1];
  if (claim === undefined || part === undefined) return "";
  const claims = JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;
  const value = claims[claim];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
