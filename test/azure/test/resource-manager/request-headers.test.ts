import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { homeOwner, type HomeOwner } from "./home-owner.ts";
import { follow } from "./management-client.ts";
import { sendWithHeaders } from "./send-with-headers.ts";

// Document: rest/api/azure, request and response headers.

const json = { "content-type": "application/json" };

let world: HomeOwner;
beforeAll(async () => {
  world = await homeOwner();
});

describe("Headers", () => {
  it("tells the request's ids and what is left of the limits", async () => {
    const correlation = randomUUID();
    const headers = {
      "x-ms-correlation-request-id": correlation,
      "x-ms-client-request-id": "mine",
    };
    const answer = await get(headers);
    expect(answer.headers.get("x-ms-correlation-request-id")).toBe(correlation);
    expect(answer.headers.get("x-ms-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers.get("x-ms-ratelimit-remaining-subscription-reads")).toBe("249");
    expect(answer.headers.get("x-ms-client-request-id")).toBeNull();
  });

  it("says that an answer without a body has none", async () => {
    const group = `${world.group}-gone`;
    await world.owner("PUT", group, { location: "westeurope" });
    const accepted = await world.owner("DELETE", group);
    const done = await follow(world.owner, accepted);
    const lengths = [accepted, done].map(({ headers }) => headers.get("content-length"));
    expect([accepted.status, done.status, ...lengths]).toEqual([202, 200, "0", "0"]);
  });

  it("repeats the client's request id where the client asks for that, also with a refusal", async () => {
    const headers = {
      "x-ms-client-request-id": "mine",
      "x-ms-return-client-request-id": "true",
    };
    const answer = await get(headers, `${world.group}2`);
    expect([answer.status, answer.headers.get("x-ms-client-request-id")]).toEqual([404, "mine"]);
  });

  it.each(["if-match", "if-none-match"])(
    "refuses a write with %s where nothing looks at it",
    async (name) => {
      const answer = await sendWithHeaders(
        world,
        "PUT",
        world.group,
        { ...json, [name]: "*" },
        { location: "westeurope" },
      );
      expect([answer.status, await answer.json()]).toEqual([
        501,
        {
          error: {
            code: "NotImplemented",
            message: `PUT ${world.group} with the header ${name} is not emulated`,
          },
        },
      ]);
    },
  );
});

describe("The type of a body", () => {
  const bodies = [
    ["PUT", "/resourceGroups/rg", { location: "westeurope", tags: { by: "nobody" } }],
    ["PATCH", "/resourceGroups/rg", { tags: { by: "nobody" } }],
    ["POST", "/providers/Microsoft.Web/register", {}],
  ] as const;
  const types = [undefined, "", "text/plain", "text/json", "application/merge-patch+json"];
  const cases = bodies.flatMap((sent) => types.map((type) => ({ sent, type })));

  it.each(cases)("refuses $sent.0 with a body of type $type", async ({ sent, type }) => {
    const [method, path, body] = sent;
    const before = (await world.owner("GET", world.group)).body;
    const headers = type === undefined ? {} : { "content-type": type };
    const answer = await sendWithHeaders(world, method, world.subscription + path, headers, body);
    const message = `The content media type '${type || "<null>"}' is not supported. Only 'application/json' is supported.`;
    expect([answer.status, await answer.json()]).toEqual([
      415,
      { error: { code: "UnsupportedMediaType", message } },
    ]);
    expect((await world.owner("GET", world.group)).body).toEqual(before);
  });

  it.each(["application/json; charset=utf-8", "Application/JSON;odata=verbose"])(
    "takes %s",
    async (type) => {
      const tags = { by: "somebody" };
      const headers = { "content-type": type };
      const answer = await sendWithHeaders(world, "PATCH", world.group, headers, { tags });
      expect([answer.status, await answer.json()]).toMatchObject([200, { tags }]);
    },
  );

  it("asks for no type where there is no body", async () => {
    const path = `${world.subscription}/providers/Microsoft.Web/register`;
    expect((await sendWithHeaders(world, "POST", path, {})).status).toBe(200);
  });
});

function get(headers: Record<string, string>, path = world.group): Promise<Response> {
  return sendWithHeaders(world, "GET", path, headers);
}
