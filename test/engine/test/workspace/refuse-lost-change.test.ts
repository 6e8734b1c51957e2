import { describe, expect, it } from "vitest";
import { refuseLostChange } from "../../src/workspace/refuse-lost-change.ts";

describe("refuseLostChange", () => {
  it("refuses to write the configuration, which is copied anew for every command", () => {
    expect(() => refuseLostChange(["config", "set", "protect", "true"])).toThrow(
      "pulumi config set would be lost here: edit Pulumi.dev.yaml instead",
    );
  });

  it.each([[["config"]], [["config", "get", "protect"]], [["up", "--yes"]], [[]]])(
    "lets %j pass",
    (args) => expect(() => refuseLostChange(args)).not.toThrow(),
  );
});
