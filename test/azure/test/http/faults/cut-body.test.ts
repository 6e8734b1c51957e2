import { expect, it } from "vitest";
import { cutBody } from "../../../src/http/faults/cut-body.ts";

const answer = () => new Response("hello world", { status: 206, headers: { etag: "e" } });

it.each([0, 1, 5])(
  "stops a body after %i bytes, and breaks it off once released",
  async (bytes) => {
    const release = new AbortController();
    const cut = cutBody(answer(), bytes, release.signal);
    expect([cut.status, cut.headers.get("etag")]).toEqual([206, "e"]);
    const reader = (cut.body ?? new Blob().stream()).getReader();
    if (bytes > 0)
      expect(String(Buffer.from((await reader.read()).value ?? []))).toBe(
        "hello world".slice(0, bytes),
      );
    const rest = reader.read();
    release.abort();
    await expect(rest).rejects.toThrow("injected fault");
  },
);

it.each([11, 12])("lets a body that is not longer than %i bytes through", async (bytes) => {
  const { signal } = new AbortController();
  expect(await cutBody(answer(), bytes, signal).text()).toBe("hello world");
});

it("leaves an answer without a body alone", () => {
  const empty = new Response(null, { status: 204 });
  expect(cutBody(empty, 0, new AbortController().signal)).toBe(empty);
});
