import { type Case, requireText } from "../case.ts";
import { copies } from "./rclone-copies.ts";
import type { Tool } from "./tool.ts";

/** Files between this machine, the home tenant's account and the other tenant's. They are at `ONE` afterwards. */
export function rcloneTransfers(rclone: Tool): Case[] {
  const blocks = ["--azureblob-upload-cutoff=4Mi", "--azureblob-chunk-size=4Mi"];
  const parallel = ["--azureblob-use-arrow-list", "--azureblob-list-parallelism=4"];
  // Otherwise rclone sends itself what one account could copy.
  const serverSide = { shown: "Copied (server-side copy)" };
  const shows = (name: string, text: string, ...args: readonly string[]): Case => {
    return { name, run: async () => requireText(await rclone.succeed(args), text) };
  };
  return [
    copies(rclone, "writes files, one in blocks, as the application", ["files", ONE], {
      options: blocks,
    }),
    copies(rclone, "reads them back", [ONE, "copied"]),
    shows("finds them at a path-style address", "small.txt", "lsf", "by_path:invoices/one"),
    shows("lists them where Arrow is not to be had", "large.bin", "lsf", ...parallel, ONE),
    shows("knows their checksums", "0 differences found", "check", "files", ONE),
    copies(
      rclone,
      "copies within the account, by a SAS of its own",
      [ONE, "invoices:invoices/two"],
      serverSide,
    ),
    copies(rclone, "writes to the home tenant's account as the site's identity", [
      "files",
      "backups:backups/one",
    ]),
    copies(
      rclone,
      "copies from the home tenant's account to the other's",
      ["backups:backups/one", "invoices:invoices/three"],
      serverSide,
    ),
  ];
}

/** Where the files are in the other tenant's account. */
export const ONE = "invoices:invoices/one";
