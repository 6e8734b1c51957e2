import { beforeAll, describe, expect, it } from "vitest";
import { homeOwner, type HomeOwner } from "./home-owner.ts";

// What is not known is told, never guessed.

let world: HomeOwner;

beforeAll(async () => {
  world = await homeOwner();
});

describe("Resource Manager, what is not emulated", () => {
  it.each([
    ["GET", "/providers/Microsoft.KeyVault/managedHSMs/v"],
    ["POST", "/exportTemplate"],
  ])("refuses %s %s with 501", async (method, suffix) => {
    const { status, error } = await world.owner(method, `${world.group}${suffix}`);
    expect([status, error]).toEqual([
      501,
      { code: "NotImplemented", message: `${method} ${world.group}${suffix} is not emulated` },
    ]);
  });

  it("refuses a body that is not a JSON object", async () => {
    const { status, error } = await world.owner("PUT", world.group, ["westeurope"]);
    expect([status, error]).toEqual([
      400,
      {
        code: "InvalidRequestContent",
        message:
          "The request content was invalid and could not be deserialized: 'a JSON object is expected'.",
      },
    ]);
  });
});
