import { startChild } from "../child.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import type { Calls } from "./answers.ts";
import type { Fault } from "./fault.ts";

export type Hop = "identity" | "login";

export type UpstreamCommand =
  { readonly kind: "calls" } | { readonly kind: "down"; readonly hop: Hop; readonly fault: Fault };

export interface UpstreamReady {
  readonly ports: Readonly<Record<Hop, number>>;
  readonly caFile: string;
}

/** The identity endpoint and the login endpoint, in a process of their own. */
export interface Upstream extends AsyncDisposable {
  /** The environment of a process that uses them. */
  readonly env: Readonly<Record<string, string>>;
  calls(): Promise<Calls>;
  /** From now on `hop` fails in this one way. */
  breakDown(hop: Hop, fault: Fault): Promise<void>;
}

/** Starts both; a token request takes `delayMs`, by default no time. */
export async function startUpstream(delayMs = 0): Promise<Upstream> {
  const folder = await temporaryFolder();
  const server = startChild("upstream/upstream-server.ts", [folder.path, String(delayMs)], {});
  const { ports, caFile } = await server.next<UpstreamReady>();
  const ask = <T>(command: UpstreamCommand): Promise<T> => {
    server.send(command);
    return server.next<T>();
  };
  const identity = `http://127.0.0.1:${ports.identity}`;
  return {
    env: {
      AUTHORITY_HOST: `https://127.0.0.1:${ports.login}`,
      IDENTITY_ENDPOINT: `${identity}/msi/token`,
      IDENTITY_HEADER: "bench",
      AZURE_POD_IDENTITY_AUTHORITY_HOST: identity,
      NODE_EXTRA_CA_CERTS: caFile,
    },
    calls: () => ask({ kind: "calls" }),
    breakDown: (hop, fault) => ask({ kind: "down", hop, fault }),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}
