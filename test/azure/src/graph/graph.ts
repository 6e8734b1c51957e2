import { Hono } from "hono";
import { limitBody } from "../http/limit-body.ts";
import type { Azure } from "../service/azure.ts";
import { answerRequest } from "./answer-request.ts";

/** Microsoft Graph, v1.0 and beta alike: routes.ts lists what it answers. */
export function createGraph(azure: Azure): Hono {
  const app = new Hono();
  // What a batch writes, its steps do.
  app.use(azure.traffic.middleware("graph", /\/(?:getByIds|\$batch)$/i));
  app.use(limitBody(1024 * 1024));
  app.all("*", (c) => answerRequest(azure, c.req.raw, async (step) => app.fetch(step, c.env)));
  app.onError((error, c) => {
    azure.log("graph failed", { path: c.req.path, error: error.message });
    return c.json(
      { error: { code: "InternalServerError", message: "the local Azure failed" } },
      500,
    );
  });
  return app;
}
