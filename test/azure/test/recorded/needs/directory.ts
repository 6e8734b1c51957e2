import { randomUUID } from "node:crypto";
import { isJsonObject, type JsonObject } from "../../../src/base/json.ts";
import type { Exchange } from "../recording.ts";
import { documentsIn, field, given } from "./documents.ts";
import { make, type Replay } from "./under-way.ts";

const guid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/i;

/** What a request to Microsoft Graph needs. */
export async function directoryNeeds(
  replay: Replay,
  { request, response }: Exchange,
): Promise<void> {
  if (response.status >= 300) return;
  const { pathname } = new URL(request.url);
  const [, collection, id, part] = pathname.split("/").slice(1);
  const shown = request.method === "POST" ? [] : documentsIn(response.body);
  if (part === "federatedIdentityCredentials")
    return credentialNeeds(replay, id ?? "", pathname, shown);
  if (collection === "applications") for (const each of shown) await application(replay, each);
  if (collection === "servicePrincipals") for (const each of shown) await principal(replay, each);
  if (collection === "applications" && id !== undefined && guid.test(id))
    await application(replay, { id });
  if (collection === "servicePrincipals" && id !== undefined && guid.test(id))
    await principal(replay, { id });
  const appId = field(request.body, "appId");
  if (collection === "servicePrincipals" && typeof appId === "string")
    await application(replay, { appId });
}

/** Registers an application as a document shows it, unless one of its ids is known already. */
async function application(replay: Replay, document: JsonObject): Promise<void> {
  const { id, appId } = document;
  if (isKnown(replay, id) || isKnown(replay, appId)) return refresh(replay, document);
  const { bindings } = replay;
  const made = await make(replay, "graph", "POST", "/v1.0/applications", {
    displayName: "recorded",
    ...given(document, ["displayName", "signInAudience", "identifierUris", "tags", "web", "spa"]),
  });
  if (typeof id === "string") bindings.bind(id, String(field(made, "id")));
  if (typeof appId === "string") bindings.bind(appId, String(field(made, "appId")));
}

/** Writes what can be written of an application where the recorded write could not be carried out as a whole. */
async function refresh(replay: Replay, document: JsonObject): Promise<void> {
  const { id, displayName } = document;
  if (replay.stale !== true || typeof id !== "string" || displayName === undefined) return;
  const written = given(document, [
    "displayName",
    "appRoles",
    "isFallbackPublicClient",
    "optionalClaims",
    "requiredResourceAccess",
    "web",
  ]);
  await make(replay, "graph", "PATCH", `/v1.0/applications/${id}`, written);
}

async function principal(replay: Replay, document: JsonObject): Promise<void> {
  const { id, appDisplayName, displayName } = document;
  if (isKnown(replay, id)) return;
  const appId = typeof document["appId"] === "string" ? document["appId"] : randomUUID();
  await application(replay, { appId, displayName: appDisplayName ?? displayName ?? "recorded" });
  const made = await make(replay, "graph", "POST", "/v1.0/servicePrincipals", { appId });
  if (typeof id === "string") replay.bindings.bind(id, String(field(made, "id")));
}

async function credentialNeeds(
  replay: Replay,
  applicationId: string,
  pathname: string,
  shown: readonly JsonObject[],
): Promise<void> {
  await application(replay, { id: applicationId });
  const named = pathname
    .split("/")
    .slice(5)
    .find((name) => guid.test(name));
  for (const document of [...shown, ...(named === undefined ? [] : [{ id: named }])]) {
    const { id } = document;
    if (isKnown(replay, id)) continue;
    const made = await make(
      replay,
      "graph",
      "POST",
      `/v1.0/applications/${applicationId}/federatedIdentityCredentials`,
      {
        name: "Testing",
        issuer: "https://issuer.example",
        subject: "subject",
        audiences: ["api://AzureADTokenExchange"],
        ...given(document, ["name", "issuer", "subject", "description", "audiences"]),
      },
    );
    if (isJsonObject(made) && typeof id === "string") replay.bindings.bind(id, String(made["id"]));
  }
}

/** An id that another document has taught already. */
function isKnown({ bindings }: Replay, id: unknown): boolean {
  return typeof id === "string" && bindings.toHere(id) !== id;
}
