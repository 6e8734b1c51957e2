import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const program = `
import { BlobServiceClient } from "@azure/storage-blob";
const { startAzurite } = await import(process.argv[1]);
const { port, accounts, close } = await startAzurite();
const url = "http://127.0.0.1:" + port + "/" + accounts[0].accountName;
const { containerItems } = (await new BlobServiceClient(url, accounts[0]).listContainers().byPage().next()).value;
console.log(containerItems.length, process.env.NO_PROXY);
await close();`;

it("is reached past a proxy of the environment, which keeps what it is not for", async () => {
  const proxy = "http://127.0.0.1:9";
  const file = new URL("../../../src/storage/azurite/azurite.ts", import.meta.url).href;
  const args = ["--input-type=module", "-e", program, file];
  const env = { ...process.env, HTTP_PROXY: proxy, https_proxy: proxy, NO_PROXY: "intra" };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  expect(stdout).toBe("0 intra,127.0.0.1\n");
});
