import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createCertificate, writeCaFile } from "local-azure/testing";
import { answerIdentity, answerLogin, type Calls } from "./answers.ts";
import { answerWithFault, type Fault } from "./fault.ts";
import type { Hop, UpstreamCommand, UpstreamReady } from "./upstream.ts";

// A thousand callers connect at once; Node's own limit of 511 would delay half of them by a second.
const backlog = 2048;

/** The process: App Service's identity endpoint over http and a login endpoint over https. */
async function main(folder: string, delayMs: number): Promise<void> {
  const down = new Map<Hop, Fault>();
  const calls: Calls = { down: 0, identity: 0, token: 0, discovery: 0, tokenNow: 0, tokenMost: 0 };
  const unless =
    (hop: Hop, answer: RequestListener): RequestListener =>
    (request, response) => {
      const fault = down.get(hop);
      if (fault === undefined) return answer(request, response);
      calls.down += 1;
      request.resume();
      return answerWithFault(fault, response);
    };
  const certificate = await createCertificate();
  const servers = {
    identity: createHttpServer(unless("identity", answerIdentity(calls))),
    login: createHttpsServer(
      { cert: certificate.chain, key: certificate.key },
      unless("login", answerLogin(calls, delayMs)),
    ),
  };
  const ports = { identity: await listen(servers.identity), login: await listen(servers.login) };

  process.on("message", (command: UpstreamCommand) => {
    if (command.kind === "calls") return void process.send?.(calls);
    down.set(command.hop, command.fault);
    const server = servers[command.hop];
    if (command.fault === "refused") server.close();
    // What is connected already has to meet the fault too.
    server.closeAllConnections();
    return void process.send?.("down");
  });
  process.once("disconnect", () => process.exit());
  const ready: UpstreamReady = { ports, caFile: await writeCaFile(certificate, folder) };
  process.send?.(ready);
}

async function listen(server: Server): Promise<number> {
  await once(server.listen({ port: 0, host: "127.0.0.1", backlog }), "listening");
  return (server.address() as AddressInfo).port;
}

await main(process.argv[2] ?? "", Number(process.argv[3]));
