import { randomUUID } from "node:crypto";
import { Hono, type Context } from "hono";
import type { Azure } from "../azure.ts";
import type { Application, FederatedIdentityCredential } from "../state.ts";
import { addressedApplication, addresses } from "./addressing.ts";
import { answerCollection, contextOf } from "./collection.ts";
import { readCredential, readName, requireUnique } from "./federated-credential-body.ts";
import { badRequest, GraphError, notFound } from "./graph-error.ts";
import type { GraphEnv } from "./graph.ts";
import { jsonBody } from "./json-body.ts";
import { requireRead, requireWrite } from "./permissions.ts";

const COLLECTION = "/federatedIdentityCredentials";
/** A credential by its id or, its alternate key, its name. */
const ITEM = `${COLLECTION}/:credential`;
const MAX_CREDENTIALS = 20;

/** An application's federated identity credentials (graph/api/resources/federatedidentitycredential). */
export function federatedCredentialRoutes(azure: Azure): Hono<GraphEnv> {
  const routes = new Hono<GraphEnv>();
  routes.on("GET", addresses("applications", COLLECTION), (c) => {
    requireRead(c.get("caller"));
    const application = addressedApplication(azure, c);
    const credentials = [...application.federatedIdentityCredentials.values()];
    return answerCollection(c, contextPath(application), credentials);
  });
  routes.on("POST", addresses("applications", COLLECTION), async (c) => {
    const application = addressedApplication(azure, c);
    requireWrite(c.get("caller"), application);
    const credential = newCredential(application, await jsonBody(c));
    application.federatedIdentityCredentials.set(credential.id, credential);
    return c.json({ "@odata.context": entity(c, application), ...credential }, 201);
  });
  routes.on("GET", addresses("applications", ITEM), (c) => {
    requireRead(c.get("caller"));
    const application = addressedApplication(azure, c);
    return c.json({ "@odata.context": entity(c, application), ...addressed(c, application) });
  });
  routes.on("PATCH", addresses("applications", ITEM), async (c) => {
    const application = addressedApplication(azure, c);
    requireWrite(c.get("caller"), application);
    const credential = addressed(c, application);
    const { name = credential.name, ...changes } = await jsonBody(c);
    if (name !== credential.name)
      throw badRequest("Property 'name' is read-only and cannot be set.");
    const { issuer, subject, audiences, description } = credential;
    const changed = readCredential({ issuer, subject, audiences, description, ...changes });
    requireUnique(application, changed, credential.id);
    Object.assign(credential, changed);
    return c.body(null, 204);
  });
  routes.on("DELETE", addresses("applications", ITEM), (c) => {
    const application = addressedApplication(azure, c);
    requireWrite(c.get("caller"), application);
    application.federatedIdentityCredentials.delete(addressed(c, application).id);
    return c.body(null, 204);
  });
  return routes;
}

function newCredential(
  application: Application,
  body: Record<string, unknown>,
): FederatedIdentityCredential {
  const existing = application.federatedIdentityCredentials;
  const name = readName(body);
  const read = readCredential(body);
  if ([...existing.values()].some((other) => other.name === name)) {
    // Observed: azure-dev#1482.
    throw new GraphError(
      409,
      "Request_MultipleObjectsWithSameKeyValue",
      `FederatedIdentityCredential with name ${name} already exists.`,
    );
  }
  requireUnique(application, read);
  if (existing.size >= MAX_CREDENTIALS) {
    // The limit is documented (workload-identity-federation-considerations); code and text are unverified.
    throw new GraphError(
      403,
      "Directory_QuotaExceeded",
      `The application cannot have more than ${MAX_CREDENTIALS} federated identity credentials.`,
    );
  }
  return { id: randomUUID(), name, ...read };
}

function addressed(c: Context<GraphEnv>, application: Application): FederatedIdentityCredential {
  const key = c.req.param("credential") ?? "";
  const credentials = application.federatedIdentityCredentials;
  const found = credentials.get(key) ?? [...credentials.values()].find(({ name }) => name === key);
  if (found === undefined) throw notFound(key);
  return found;
}

function contextPath({ objectId }: Application): string {
  return `applications('${objectId}')/federatedIdentityCredentials`;
}

function entity(c: Context<GraphEnv>, application: Application): string {
  return contextOf(c, `${contextPath(application)}/$entity`);
}
