import { type Case, requireText } from "../case.ts";
import { signForInvoices } from "./delegated-signature.ts";
import type { PlantedAccounts } from "./planted-accounts.ts";
import { requireSame } from "./rclone-copies.ts";
import { accountHost, remote } from "./rclone-remotes.ts";
import { ONE } from "./rclone-transfers.ts";
import type { Tool } from "./tool.ts";

/** What may be done to files that are there. */
export function rcloneChanges(
  rclone: Tool,
  planted: PlantedAccounts,
  environment: NodeJS.ProcessEnv,
): Case[] {
  return [
    {
      name: "renames a blob and keeps its metadata",
      run: async () => {
        const set = ["--metadata-set=content-type=text/x-invoice", "--metadata-set=paid=yes"];
        await rclone.succeed(["copyto", "-M", ...set, "files/small.txt", `${ONE}/marked`]);
        await rclone.succeed(["moveto", "-M", `${ONE}/marked`, `${ONE}/renamed`]);
        const text = await rclone.succeed(["lsjson", "-M", `${ONE}/renamed`]);
        requireText(text, '"MimeType":"text/x-invoice"');
        requireText(text, '"paid":"yes"');
      },
    },
    {
      name: "sets a tier",
      run: async () => {
        await rclone.succeed(["settier", "Cool", `${ONE}/renamed`]);
        requireText(await rclone.succeed(["lsf", "--format=T", `${ONE}/renamed`]), "Cool");
      },
    },
    {
      name: "deletes what is gone at the source",
      run: async () => {
        await rclone.succeed(["sync", "files", ONE]);
        await requireSame(rclone, "files", ONE);
        await rclone.succeed(["purge", "invoices:invoices/two"]);
        requireText(await rclone.succeed(["size", "invoices:invoices/two"]), "Total objects: 0");
      },
    },
    {
      name: "makes and removes a container",
      run: async () => {
        await rclone.succeed(["mkdir", "invoices:made"]);
        requireText(await rclone.succeed(["lsd", "invoices:"]), "made");
        await rclone.succeed(["rmdir", "invoices:made"]);
      },
    },
    {
      name: "reads and writes by a user delegation SAS",
      run: async () => {
        const query = await signForInvoices(environment, planted, "racwdl");
        const sas_url = `${accountHost(planted, "toolsinvoices")}/invoices?${query}`;
        const signed = remote("signed", { sas_url });
        await rclone.succeed(["copy", "files", "signed:invoices/signed"], signed);
        const check = ["check", "--download", "files", "signed:invoices/signed"];
        requireText(await rclone.succeed(check, signed), "0 differences found");
      },
    },
  ];
}
