import { Hono } from "hono";
import type { Faults } from "../../http/faults/faults.ts";
import { limitBody } from "../../http/limit-body.ts";
import { notEmulated } from "../../service/not-emulated-route.ts";
import { FaultsRefused, parseFaults } from "./parse-faults.ts";

/**
 * The control address of a running local Azure, no part of any Azure: `GET /faults` answers the faults in force and how
 * often each was met, `PUT /faults` replaces them all
 * and takes that answer as it is, `DELETE /faults` takes them away. Only `token` opens it.
 */
export function createControl(faults: Faults, token: string): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    if (c.req.header("authorization") === `Bearer ${token}`) return next();
    const message = "the control address takes the bearer token that the connection names";
    return c.json({ error: { code: "Unauthorized", message } }, 401);
  });
  app.use(limitBody(1024 * 1024));
  app.get("/faults", (c) => c.json(inForce(faults)));
  app.put("/faults", async (c) => {
    faults.set(parseFaults(parseJson(await c.req.text())));
    await faults.settled;
    return c.json(inForce(faults));
  });
  app.delete("/faults", async (c) => {
    faults.clear();
    await faults.settled;
    return c.body(null, 204);
  });
  app.notFound(notEmulated);
  app.onError((error, c) => {
    if (!(error instanceof FaultsRefused)) throw error;
    return c.json({ error: { code: "InvalidFaults", message: error.message } }, 400);
  });
  return app;
}

function inForce(faults: Faults) {
  return faults.inForce.map(({ fault, applied }) => ({
    ...fault,
    ...(fault.path && { path: fault.path.source }),
    applied,
  }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FaultsRefused("the body is not JSON; send a list of faults");
  }
}
