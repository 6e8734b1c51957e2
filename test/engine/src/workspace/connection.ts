import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";

/** How to reach a running local Azure: the part of the line that `npm run azure` prints which the engine needs. */
export interface Connection {
  /** Host and port of the metadata endpoints. */
  readonly metadataHost: string;
  /** PEM file of the authority behind its certificates. */
  readonly caFile: string;
  /** The emulated GitHub token endpoint the deployers sign in with. */
  readonly oidc: { readonly requestUrl: string; readonly requestToken: string };
}

const advice = `run "npm start" in another terminal and leave it open`;

/**
 * Reads the connection of the local Azure that `npm start` runs, and makes sure that it answers.
 *
 * @param file path of azure.json
 */
export async function readConnection(file: string): Promise<Connection> {
  if (!existsSync(file))
    throw new Error(`no local Azure is running ("${file}" is missing): ${advice}`);
  const found = JSON.parse(readFileSync(file, "utf8")) as Partial<Connection>; // Checked in the next lines.
  const { metadataHost, caFile, oidc } = found;
  if (!metadataHost || !caFile || !oidc?.requestUrl || !oidc.requestToken) {
    throw new Error(`"${file}" lacks metadataHost, caFile or oidc: ${advice}`);
  }
  if (!(await answers(metadataHost))) {
    throw new Error(`the local Azure of "${file}" does not answer at ${metadataHost}: ${advice}`);
  }
  return { metadataHost, caFile, oidc };
}

function answers(host: string): Promise<boolean> {
  const { hostname, port } = new URL(`https://${host}`);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("close", () => socket.destroy());
    socket.once("connect", () => socket.end());
  });
}
