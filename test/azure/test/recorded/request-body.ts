import { defaultSeed } from "../../src/local-azure/seed/default-seed.ts";
import type { Replay } from "./needs/under-way.ts";
import type { Exchange } from "./recording.ts";

const MOCKED_LOGGING = `<StorageServiceProperties><Logging><Version>1.0</Version><Delete>True</Delete><Read>True</Read><Write>True</Write><RetentionPolicy><Enabled>False</Enabled></RetentionPolicy></Logging></StorageServiceProperties>`;

/** The body of a request as it is sent here, null for none. */
export async function requestBody(replay: Replay, { request }: Exchange): Promise<string | null> {
  const { bindings, recording } = replay;
  if (request.body === null) return bodyOfPart(request.url);
  // Their recordings have no body; what azure-storage 2.1 for Python writes of a service's logging.
  if (request.body === "mock_body") return MOCKED_LOGGING;
  if (typeof request.body !== "string")
    return withServicePrincipals(bindings.toHere(JSON.stringify(request.body)));
  if (recording.about === undefined) return request.body;
  const body = request.body.replaceAll("{client}", clientId);
  return body.includes("{assertion}")
    ? body.replaceAll("{assertion}", await assertion(replay))
    : body;
}

/** A part of a blob has content, which the recordings leave out. */
function bodyOfPart(url: string): string | null {
  const comp = new URL(url).searchParams.get("comp");
  if (comp === "page") return "a".repeat(512);
  return comp === "block" || comp === "appendblock" ? "a".repeat(512) : null;
}

/** No user can be made here: service principals stand for them. */
function withServicePrincipals(text: string): string {
  return text.replaceAll('"principalType":"User"', '"principalType":"ServicePrincipal"');
}

const clientId = defaultSeed.tenants[0]?.deployer.clientId ?? "";

/** What GitHub's job of the home tenant's deployer shows. */
async function assertion({ world }: Replay): Promise<string> {
  const url = `${world.azure.endpoints.oidc}/idtoken?audience=api://AzureADTokenExchange`;
  const headers = { authorization: "Bearer oidc" };
  const answer: unknown = await (await world.send("oidc", url, { headers })).json();
  return String((answer as { value?: unknown }).value);
}
