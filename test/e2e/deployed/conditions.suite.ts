import { describe, expect, it } from "vitest";
import { askSite } from "../support/site-answer.ts";
import { outputs } from "./stage.ts";

describe("a blob that others change too", () => {
  it("is not written over or deleted by whoever does not know how it is now", async () => {
    const refused = { status: 412, body: { error: { code: "ERR_PRECONDITION_FAILED" } } };
    expect(await put("first", { "if-none-match": "*" })).toMatchObject({ status: 201 });
    expect(await put("second", { "if-none-match": "*" })).toMatchObject(refused);
    expect(await put("second", { "if-match": '"0x0"' })).toMatchObject(refused);
    expect(await ask({ method: "DELETE", headers: { "if-match": '"0x0"' } })).toMatchObject(
      refused,
    );
    expect(await ask({})).toMatchObject({ status: 200, body: "first" });
    expect(await ask({ method: "DELETE", headers: { "if-match": "*" } })).toMatchObject({
      status: 204,
    });
  });
});

function put(body: string, headers: Record<string, string>) {
  return ask({ method: "PUT", body, headers });
}

function ask(init: RequestInit) {
  return askSite(outputs.siteUrl, "/api/targets/invoices/blobs/conditions.txt", init);
}
