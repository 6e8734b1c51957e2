import { describe, expect, it } from "vitest";
import { startCommand } from "../../../src/world/resources/site-config.ts";

describe("a site's appCommandLine", () => {
  it.each([
    ["node main.cjs", ["node", "main.cjs"]],
    ["  node   main.cjs ", ["node", "main.cjs"]],
    [`node "my main.cjs" --title='a b'`, ["node", "my main.cjs", "--title=a b"]],
  ])("splits %s", (line, words) => {
    expect(startCommand(line)).toEqual(words);
  });

  it.each([undefined, "", "  "])("is no command when it is %j", (line) => {
    expect(startCommand(line)).toBeUndefined();
  });

  it.each(["node main.cjs; rm x", "node $MAIN", "node `main`", "a && b", "node main.cjs > log"])(
    "refuses %s, which needs a shell",
    (line) => {
      expect(() => startCommand(line)).toThrow(
        `appCommandLine "${line}" needs a shell, which is not emulated; use a command and its arguments`,
      );
    },
  );
});
