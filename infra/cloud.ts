import * as pulumi from "@pulumi/pulumi";
import { clouds, type Cloud } from "./clouds.ts";
import type { StackConfig } from "./config/stack-config.ts";
import { reasonOf } from "./reason-of.ts";

const DEADLINE_MILLISECONDS = 10_000;

/**
 * The cloud the stack runs in: one of Azure's own, or a custom one described by its metadata host.
 *
 * @throws {pulumi.RunError} when the metadata host cannot be reached or does not answer with a cloud.
 */
export async function resolveCloud(config: StackConfig): Promise<Cloud> {
  const known = clouds[config.environment];
  if (config.metadataHost === undefined) return known;
  const url = `https://${config.metadataHost}/metadata/endpoints?api-version=2022-09-01`;
  const metadata = await fetchJson(url, "metadataHost");
  return {
    loginEndpoint: origin(metadata["authentication"], "loginEndpoint", url),
    resourceManager: origin(metadata, "resourceManager", url),
    exchangeAudience: known.exchangeAudience,
    // A custom cloud's may name a port, which is no part of what its hosts end in.
    storageSuffix: text(metadata["suffixes"], "storage", url).replace(/:\d+$/, ""),
    metadataHost: config.metadataHost,
  };
}

/**
 * Issuer of the home tenant's managed-identity tokens, as the federated identity credential must spell it:
 * what the tenant's own discovery document says, or the documented form in Azure's own clouds.
 *
 * @throws {pulumi.RunError} when a custom cloud's discovery document cannot be read or names no issuer.
 */
export async function tokenIssuer(cloud: Cloud, tenantId: string): Promise<string> {
  const issuer = `${cloud.loginEndpoint}/${tenantId}/v2.0`;
  if (cloud.metadataHost === undefined) return issuer;
  const url = `${issuer}/.well-known/openid-configuration`;
  const document = await fetchJson(url, "homeTenant.tenantId");
  if (typeof document["issuer"] === "string" && document["issuer"] !== "") {
    return document["issuer"];
  }
  throw new pulumi.RunError(
    `homeTenant.tenantId: ${url} does not say issuer; is it a tenant of this cloud?`,
  );
}

async function fetchJson(url: string, key: string): Promise<Record<string, unknown>> {
  const fail = (reason: string, cause?: unknown) =>
    new pulumi.RunError(
      `${key}: ${url} ${reason}; check the host and that this machine trusts its certificate`,
      {
        cause,
      },
    );
  const response = await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MILLISECONDS) }).catch(
    (error: unknown) => {
      throw fail(`cannot be reached (${reasonOf(error)})`, error);
    },
  );
  if (!response.ok) throw fail(`answered ${response.status}`);
  const body: unknown = await response.json().catch((error: unknown) => {
    throw fail("did not answer with JSON", error);
  });
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw fail("did not answer with a JSON object");
  }
  return { ...body };
}

function origin(fields: unknown, field: string, url: string): string {
  const value = text(fields, field, url);
  if (!URL.canParse(value) || new URL(value).protocol !== "https:") {
    throw new pulumi.RunError(
      `metadataHost: ${url} names ${field} "${value}", which is not an https address`,
    );
  }
  return new URL(value).origin;
}

function text(fields: unknown, field: string, url: string): string {
  const value =
    typeof fields === "object" && fields !== null
      ? (fields as Record<string, unknown>)[field]
      : undefined;
  if (typeof value === "string" && value !== "") return value;
  throw new pulumi.RunError(
    `metadataHost: ${url} does not say ${field}; is it an Azure metadata host?`,
  );
}
