import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Connection } from "../../src/local-azure/connection.ts";
import type { Endpoints } from "../../src/world/endpoints.ts";
import { JWT_BEARER } from "../tenants/two-tenants.ts";
import { type FuzzAnswer, fuzzClient, type Send } from "./fuzz-client.ts";
import type { fuzzTenants } from "./fuzz-seed.ts";

interface Host {
  readonly resourceId: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A local Azure in a process of its own, so that a crash or a busy loop of it is something that can be told. */
export interface FuzzTarget {
  readonly connection: Connection;
  readonly endpoints: Endpoints;
  readonly ca: string;
  readonly site: Host;
  readonly virtualMachine: Host;
  readonly send: Send;
  /** What the services have logged of failures of their own, one JSON line each. */
  readonly failures: readonly string[];
  /** An OIDC token of the seeded workflow: what deployers sign in with. */
  readonly assertion: () => Promise<string>;
  /** An Authorization header of a tenant's deployer. */
  readonly authorization: (tenant: keyof typeof fuzzTenants, resource: string) => Promise<string>;
  /** Resolves with the process's exit code, null when it had to be killed. */
  readonly close: () => Promise<number | null>;
}

type Started = Pick<FuzzTarget, "connection" | "endpoints" | "site" | "virtualMachine">;

/** Starts a local Azure to be fuzzed. */
export async function startFuzzTarget(): Promise<FuzzTarget> {
  const server = spawn(process.execPath, [fileURLToPath(new URL("server.ts", import.meta.url))], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  const exited = once(server, "exit") as Promise<[number | null]>;
  const failures: string[] = [];
  createInterface(server.stderr).on("line", (line) => {
    if (/^(?!\{)|"event":"[^"]*(?:error|failed)"/.test(line)) failures.push(line);
  });
  const line = once(createInterface(server.stdout), "line") as Promise<[string]>;
  const ended = exited.then(() => {
    throw new Error(`the local Azure did not start: ${failures.join("\n")}`);
  });
  const started = JSON.parse((await Promise.race([line, ended]))[0]) as Started;
  const ca = await readFile(started.connection.caFile, "utf8");
  const send = fuzzClient(ca);
  const signIn = deployerSignIn(started.connection, send);
  return {
    ...started,
    ca,
    send,
    failures,
    ...signIn,
    close: async () => {
      server.stdin.end();
      // Only a process that is busy for ever is still there then.
      const killed = setTimeout(() => server.kill("SIGKILL"), 120_000);
      const [code] = await exited;
      clearTimeout(killed);
      return code;
    },
  };
}

function deployerSignIn(
  { oidc, loginEndpoint, tenants }: Connection,
  send: Send,
): Pick<FuzzTarget, "assertion" | "authorization"> {
  const assertion = async () => {
    const { origin, pathname, search } = new URL(oidc.requestUrl);
    const answer = await send({
      route: "sign-in",
      origin,
      method: "GET",
      path: `${pathname}${search}&audience=${encodeURIComponent("api://AzureADTokenExchange")}`,
      headers: { authorization: `Bearer ${oidc.requestToken}` },
    });
    return textField(answer, "value");
  };
  const order = { kept: 0, graph: 1, management: 2 };
  const authorization: FuzzTarget["authorization"] = async (name, resource) => {
    const tenant = tenants[order[name]];
    const answer = await send({
      route: "sign-in",
      origin: loginEndpoint,
      method: "POST",
      path: `/${tenant?.tenantId}/oauth2/v2.0/token`,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: tenant?.deployerClientId ?? "",
        scope: `${resource}/.default`,
        client_assertion_type: JWT_BEARER,
        client_assertion: await assertion(),
      }).toString(),
    });
    return `Bearer ${textField(answer, "access_token")}`;
  };
  return { assertion, authorization };
}

function textField({ status, body }: FuzzAnswer, name: string): string {
  const value = (JSON.parse(body) as Record<string, unknown>)[name];
  if (typeof value === "string") return value;
  throw new Error(`the sign-in answered ${status} without ${name}`);
}
