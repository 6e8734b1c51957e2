import { afterEach, describe, expect, it, vi } from "vitest";
import { ask, NoAnswer } from "../../../infra/package/answer.ts";
import { nodeError } from "./virtual-site.ts";

afterEach(() => vi.unstubAllGlobals());

const failsWith = (error: unknown) => vi.stubGlobal("fetch", () => Promise.reject(error));
const failure = () => ask("https://scm.example/x").catch((error: unknown) => error as NoAnswer);

describe("ask", () => {
  it("reads an answer to its end", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(new Response("all of it", { status: 418 })));
    const { host, status, text } = await ask("https://scm.example/x");
    expect({ host, status, text }).toEqual({ host: "scm.example", status: 418, text: "all of it" });
  });

  it("tells of no answer by its host and Node's reason and code", async () => {
    failsWith(new TypeError("fetch failed", { cause: nodeError("ECONNRESET", "read ECONNRESET") }));
    expect(await failure()).toMatchObject({
      message: "scm.example gave no answer: read ECONNRESET",
      code: "ECONNRESET",
    });
  });

  it("tells of every address of a host that has several", async () => {
    const each = ["1.2.3.4", "[::1]"].map((ip) => nodeError("ECONNREFUSED", `ECONNREFUSED ${ip}`));
    failsWith(new TypeError("fetch failed", { cause: new AggregateError(each) }));
    expect(await failure()).toMatchObject({
      message: "scm.example gave no answer: ECONNREFUSED 1.2.3.4, ECONNREFUSED [::1]",
      code: "ECONNREFUSED",
    });
  });

  it("takes an answer that breaks off, or none in time, for none", async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error("cut")) });
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(body)));
    expect(await failure()).toMatchObject({ message: "scm.example gave no answer: cut", code: "" });
    failsWith(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
    expect(await failure()).toMatchObject({
      message: "scm.example gave no answer: The operation was aborted due to timeout",
      code: "",
    });
  });
});
