import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { KeptPorts } from "../../src/http/kept-ports.ts";

const servers: Server[] = [];
const server = () => {
  const made = createServer();
  servers.push(made);
  return made;
};
afterEach(async () => {
  for (const each of servers.splice(0)) await closed(each);
});

describe("KeptPorts", () => {
  it("refuses to listen where another process does by now, naming the port and whose it was", async () => {
    const ports = new KeptPorts();
    const port = await ports.at("graph")(server());
    const later = new KeptPorts(ports.all);
    await expect(later.at("graph")(server())).rejects.toThrow(
      `port ${port} is taken, where "graph" listened before: end the process that listens there now, addresses that are kept name this port`,
    );
  });

  it("gives a name the port it had", async () => {
    const ports = new KeptPorts();
    const first = server();
    const port = await ports.at("graph")(first);
    await closed(first);
    expect(await new KeptPorts(ports.all).at("graph")(server())).toBe(port);
  });

  it("gives a name that was forgotten, and each other name, a port of its own", async () => {
    const ports = new KeptPorts();
    const port = await ports.at("site")(server());
    ports.forget("site");
    const later = [await ports.at("site")(server()), await ports.at("graph")(server())];
    expect(new Set([port, ...later]).size).toBe(3);
  });

  it("takes ports that no system gives to outgoing connections", async () => {
    const ports = new KeptPorts();
    const taken = await Promise.all(
      Array.from({ length: 20 }, (_, index) => ports.at(String(index))(server())),
    );
    expect(taken.every((port) => port >= 20_000 && port < 32_768)).toBe(true);
  });
});

function closed(each: Server): Promise<void> {
  return new Promise((resolve) => each.close(() => resolve()));
}
