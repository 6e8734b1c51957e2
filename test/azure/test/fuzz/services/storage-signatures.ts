import {
  ContainerSASPermissions,
  generateBlobSASQueryParameters,
  type UserDelegationKey,
} from "@azure/storage-blob";
import * as fc from "fast-check";
import { nastyUriPart } from "../arbitraries/nasty-text.ts";
import type { FuzzTarget } from "../fuzz-target.ts";

/** Queries with a user delegation signature for a container, as the official client makes it or with one parameter bent. */
export async function signatures(
  { send, endpoints }: FuzzTarget,
  account: string,
  containerName: string,
  authorization: string,
): Promise<fc.Arbitrary<string>> {
  const [startsOn, expiresOn] = [new Date(Date.now() - 60_000), new Date(Date.now() + 86_400_000)];
  const { body } = await send({
    route: "user delegation key",
    origin: endpoints.storage,
    method: "POST",
    path: `/${account}?restype=service&comp=userdelegationkey`,
    headers: { authorization, "x-ms-version": "2026-10-06" },
    body: `<KeyInfo><Start>${time(startsOn)}</Start><Expiry>${time(expiresOn)}</Expiry></KeyInfo>`,
  });
  const field = (name: string) => new RegExp(`<${name}>(.*)</${name}>`).exec(body)?.[1] ?? "";
  const key: UserDelegationKey = {
    signedObjectId: field("SignedOid"),
    signedTenantId: field("SignedTid"),
    signedStartsOn: new Date(field("SignedStart")),
    signedExpiresOn: new Date(field("SignedExpiry")),
    signedService: field("SignedService"),
    signedVersion: field("SignedVersion"),
    value: field("Value"),
  };
  const permissions = ContainerSASPermissions.parse("rwdlt");
  const good = generateBlobSASQueryParameters(
    { containerName, permissions, startsOn, expiresOn },
    key,
    account,
  ).toString();
  const parameters = good.split("&");
  const others = ["ses", "saoid", "suoid", "scid", "sdd", "sip", "srh", "st", "rscc", "si", "sv"];
  const names = [...parameters.map((parameter) => parameter.split("=")[0] ?? ""), ...others];
  const bent = fc.tuple(fc.constantFrom(...names), nastyUriPart).map(([name, value]) => {
    const kept = parameters.filter((parameter) => !parameter.startsWith(`${name}=`));
    return [...kept, `${name}=${value}`].join("&");
  });
  return fc.oneof(fc.constant(good), bent);
}

function time(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
