import { beforeEach, describe, expect, it } from "vitest";
import { createGraph } from "../../src/graph/graph.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { authorizationOf, clientWith, deployer, type GraphClient } from "./graph-client.ts";

let world: TwoTenants;
let home: GraphClient;
beforeEach(async () => {
  world = await twoTenants();
  home = clientWith(world, 0, "Application.ReadWrite.All");
});

describe("Requests for one object at once (graph/errors: 404 for what does not exist)", () => {
  it("refuses a change whose body ends after the application's deletion, and leaves it deleted", async () => {
    const { objectId } = world.application;
    const body = openBody();
    const change = send("PATCH", `/v1.0/applications/${objectId}`, body.stream);
    await home("DELETE", `/applications/${objectId}`);
    body.end(JSON.stringify({ displayName: "back" }));
    expect((await change).status).toBe(404);
    expect(world.azure.state.applications.has(objectId)).toBe(false);
  });

  it("refuses the later of changes and deletions that cross, and never brings anything back", async () => {
    const { objectId } = world.application;
    const application = `/applications/${objectId}`;
    const credential = `${application}/federatedIdentityCredentials/site`;
    const answers = await Promise.all([
      home("PATCH", application, { displayName: "one" }),
      home("PATCH", credential, { subject: "one" }),
      home("DELETE", credential),
      home("PATCH", credential, { subject: "two" }),
      home("DELETE", application),
      home("PATCH", application, { displayName: "two" }),
      home("DELETE", application),
    ]);
    for (const { status } of answers) expect([204, 404]).toContain(status);
    expect(answers.filter(({ status }) => status === 404).length).toBeGreaterThan(0);
    expect(world.azure.state.applications.has(objectId)).toBe(false);
  });

  it("refuses all but one of equal creations", async () => {
    const { objectId } = world.application;
    const path = `/applications/${objectId}/federatedIdentityCredentials`;
    const body = { name: "second", issuer: "i", subject: "s", audiences: ["a"] };
    const answers = await Promise.all([1, 2, 3].map(() => home("POST", path, body)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
  });
});

async function send(method: string, path: string, body: ReadableStream): Promise<Response> {
  const authorization = await authorizationOf(world, deployer(world, 0));
  const headers = { authorization, "content-type": "application/json" };
  // Node asks for `duplex` with a stream; the types that are in force here do not know it.
  const init = { method, body, headers, duplex: "half" };
  return createGraph(world.azure).fetch(new Request(`http://localhost${path}`, init));
}

/** A body that the test ends when it likes. */
function openBody() {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  return {
    stream: readable,
    end: (text: string) => {
      void writer.write(new TextEncoder().encode(text)).then(() => writer.close());
    },
  };
}
