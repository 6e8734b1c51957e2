import { expect, it } from "vitest";
import { standIns } from "../engine/src/plugins/stand-ins.ts";
import { attachPlugins } from "./support/attached-plugins.ts";
import { processesWith } from "./support/processes.ts";

it("says which stand-in ended before it was ready, and why, and ends the other", async () => {
  // Loaded before a stand-in's own program, in one of them.
  const fault = `if(/azuread/.test(process.argv[1])){console.error("planted-fault");process.exit(7)}`;
  const marker = `--import=data:text/javascript,${encodeURIComponent(fault)}`;
  const told: string[] = [];
  const tell = (...said: string[]) => void told.push(said.join(": "));
  const attached = attachPlugins(Object.values(standIns), { NODE_OPTIONS: marker }, tell);
  await expect(attached).rejects.toThrow(
    "the stand-in for azuread ended with exit code 7 before its first line:\nplanted-fault\n",
  );
  expect(told).toEqual(["azuread: planted-fault"]);
  await expect.poll(() => processesWith(marker)).toEqual([]);
});
