import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { credentials } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/language_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/language_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { afterEach, beforeEach, expect, it } from "vitest";
import { firstLine } from "../support/first-line.ts";
import { startMiniEngine } from "../support/mini-engine.ts";

type Client = InstanceType<typeof services.LanguageRuntimeClient>;

let host: ChildProcessByStdio<null, Readable, Readable>;
let client: Client;
let engine: Awaited<ReturnType<typeof startMiniEngine>>;
let project: string;
let output = "";

beforeEach(async () => {
  project = mkdtempSync(join(tmpdir(), "project-"));
  symlinkSync(resolve("node_modules"), join(project, "node_modules"));
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module" }));
  engine = await startMiniEngine();
  const program = resolve(import.meta.dirname, "../../src/language-host/main.ts");
  host = spawn(process.execPath, [program, "--logtostderr", engine.address], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const port = await firstLine("the language host", host);
  output = "";
  host.stdout.on("data", (text: Buffer) => (output += text.toString()));
  host.stderr.on("data", (text: Buffer) => (output += text.toString()));
  client = new services.LanguageRuntimeClient(`127.0.0.1:${port}`, credentials.createInsecure());
});

afterEach(() => {
  client.close();
  engine.close();
  host.kill("SIGKILL");
  rmSync(project, { recursive: true });
});

async function run(source: string): Promise<InstanceType<typeof messages.RunResponse>> {
  writeFileSync(join(project, "index.ts"), source);
  const info = new messages.ProgramInfo();
  info.setRootDirectory(project);
  info.setProgramDirectory(project);
  info.setEntryPoint("index.ts");
  const request = new messages.RunRequest();
  request.setInfo(info);
  request.setPwd(project);
  request.setProject("example");
  request.setStack("dev");
  request.setMonitorAddress(engine.address);
  request.getConfigMap().set("example:colour", "red");
  return new Promise<InstanceType<typeof messages.RunResponse>>((resolve, reject) => {
    client.run(request, (error, response) => (error ? reject(error) : resolve(response)));
  });
}

it("runs a TypeScript program with the stack's configuration and passes its output on", async () => {
  const ended = run(`const config: string = process.env.PULUMI_CONFIG ?? "";
console.log("configured", config);`);
  expect((await ended).getError()).toBe("");
  await expect.poll(() => output).toContain('configured {"example:colour":"red"}');
});

it("tells the engine how a failing program ended", async () => {
  expect((await run("process.exit(3);")).getError()).toBe("program ended with exit code 3");
});

it("tells the engine to stop quietly when the program has said what is wrong", async () => {
  const response = await run("process.exit(32);");
  expect({ bail: response.getBail(), error: response.getError() }).toEqual({
    bail: true,
    error: "",
  });
});

it("ends the program when the engine cancels", async () => {
  const ended = run(`console.log("started"); setInterval(() => {}, 1000);`);
  await expect.poll(() => output).toContain("started");
  client.cancel(new empty.Empty(), () => undefined);
  expect((await ended).getError()).toBe("program ended with SIGKILL");
});
