import { beforeAll, describe, expect, it } from "vitest";
import { homeOwner, type HomeOwner } from "../home-owner.ts";
import { sendWithHeaders } from "../send-with-headers.ts";

// Document: rest/api/azure, request and response headers.

const json = { "content-type": "application/json" };

let world: HomeOwner;
beforeAll(async () => {
  world = await homeOwner();
});

describe("Etags of blob containers", () => {
  it("refuses a write for another state than the one there is", async () => {
    const account = `${world.group}/providers/Microsoft.Storage/storageAccounts/etags`;
    const sku = { name: "Standard_LRS" };
    await world.owner("PUT", account, { location: "westeurope", kind: "StorageV2", sku });
    const container = `${account}/blobServices/default/containers/one`;
    const put = (headers: Record<string, string>) =>
      sendWithHeaders(world, "PUT", container, { ...json, ...headers }, {});
    expect((await put({ "if-match": "*" })).status).toBe(412);
    expect((await put({ "if-none-match": "*" })).status).toBe(201);
    const refused = await put({ "if-none-match": "*" });
    expect(refused.status).toBe(412);
    expect(await refused.json()).toMatchObject({
      error: {
        code: "PreconditionFailed",
        message: "The condition 'If-None-Match: *' is not met by the resource's current state.",
      },
    });
    const { body } = await world.owner("GET", container);
    const metadata = { stage: "dev" };
    const changed = await world.owner("PATCH", container, { properties: { metadata } });
    expect(changed.body["etag"]).not.toBe(body["etag"]);
    expect((await put({ "if-match": String(body["etag"]) })).status).toBe(412);
    expect((await put({ "if-match": String(changed.body["etag"]) })).status).toBe(200);
  });
});
