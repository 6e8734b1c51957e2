import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { playHost } from "./play-host.ts";
import { type CommandResult, requireCommand, runCommand } from "./run-command.ts";
import type { Suite, SuiteRow } from "./suite.ts";

const cwd = join(import.meta.dirname, "java");
const needed = "the clients for Java need a JDK 17 or later, Maven and its central repository";
const dependencyPlugin = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1";

/** Puts the clients for Java, at the versions of pom.xml, into the cache unless they are there, and compiles their cases. */
export async function installJavaSuite(cache: string): Promise<Suite> {
  const directory = join(cache, "java");
  await installLibraries(directory);
  await compileCases(directory);
  const versions = await readVersions();
  const run: Suite["run"] = async (environment) => {
    await trustAuthority(directory, environment["SSL_CERT_FILE"] ?? "");
    // A process is one host: MSAL looks once at which.
    const site = await runCases(directory, playHost(environment, "site"), "--exclude-tag");
    const machine = await runCases(
      directory,
      playHost(environment, "virtualMachine"),
      "--include-tag",
    );
    const output = site.output + machine.output;
    const passed = site.code === 0 && machine.code === 0;
    return { rows: readRows(output, versions), passed, output };
  };
  return { language: "Java", run };
}

async function installLibraries(directory: string): Promise<void> {
  const pom = await readFile(join(cwd, "pom.xml"), "utf8");
  // Written last, so that an installation that was cut short is made again.
  const installed = join(directory, "installed.xml");
  if ((await readFile(installed, "utf8").catch(() => "")) === pom) return;
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const copy = [`${dependencyPlugin}:copy-dependencies`, `-DoutputDirectory=${directory}/lib`];
  await requireCommand("mvn", ["-B", "-q", ...copy], { cwd, env: process.env, needed });
  await writeFile(installed, pom);
}

async function compileCases(directory: string): Promise<void> {
  const classes = join(directory, "classes");
  await rm(classes, { recursive: true, force: true });
  const sources = (await readdir(join(cwd, "clients"))).map((name) => join("clients", name));
  const compile = ["--release", "17", "-cp", join(directory, "lib", "*"), "-d", classes];
  await requireCommand("javac", [...compile, ...sources], { cwd, env: process.env, needed });
}

/** A trust store with the local Azure's certificate authority alone; Java's own setting names no PEM file. */
async function trustAuthority(directory: string, caFile: string): Promise<void> {
  const store = join(directory, "trust.p12");
  await rm(store, { force: true });
  const add = ["-importcert", "-noprompt", "-file", caFile, "-keystore", store];
  const args = [...add, "-storepass", "changeit"];
  await requireCommand("keytool", args, { cwd, env: process.env, needed });
}

function runCases(
  directory: string,
  env: NodeJS.ProcessEnv,
  tag: "--include-tag" | "--exclude-tag",
): Promise<CommandResult> {
  const classes = join(directory, "classes");
  const args = [
    // So short a run is over before the optimizing compiler has paid.
    "-XX:TieredStopAtLevel=1",
    `-Djavax.net.ssl.trustStore=${join(directory, "trust.p12")}`,
    "-Djavax.net.ssl.trustStorePassword=changeit",
    "-cp",
    `${classes}:${join(directory, "lib", "*")}`,
    "org.junit.platform.console.ConsoleLauncher",
    "execute",
    "--disable-banner",
    "--disable-ansi-colors",
    "--details=testfeed",
    `--scan-classpath=${classes}`,
    `${tag}=virtual-machine`,
    "--config=junit.jupiter.displayname.generator.default=org.junit.jupiter.api.DisplayNameGenerator$ReplaceUnderscores",
  ];
  return runCommand("java", args, { cwd, env, needed });
}

/** Versions by artifact, of those that pom.xml names. */
async function readVersions(): Promise<Map<string, string>> {
  const pom = await readFile(join(cwd, "pom.xml"), "utf8");
  const pins = pom.matchAll(
    /<artifactId>([\w-]+)<\/artifactId>\s*<version>([^<]+)<\/version>\s*<\/dependency>/g,
  );
  return new Map([...pins].map(([, name = "", version = ""]) => [name, version]));
}

/** A class tests the artifact that it is named after: `JUnit Jupiter > AzureIdentityTest > signs in :: SUCCESSFUL`. */
function readRows(output: string, versions: Map<string, string>): SuiteRow[] {
  const lines = output.matchAll(/^JUnit Jupiter > (\w+)Test > (.+) :: (SUCCESSFUL|FAILED)$/gm);
  return [...lines].map(([, test = "", name = "", outcome]) => {
    const client = test.replaceAll(/(?<!^)(?=[A-Z])/g, "-").toLowerCase();
    // A case of several: `is refused (String, String) > "wrong subject"`.
    const shown = name.replace(/ \(.*\) > /, ": ").replaceAll('"', "");
    const version = versions.get(client) ?? "";
    return { client, version, name: shown, passed: outcome === "SUCCESSFUL" };
  });
}
