import type { Route } from "../service/route.ts";

const github = "https://docs.github.com/actions/reference/openid-connect-reference";

/** The cloud's metadata, as cloud-metadata.ts registers it. */
export const metadataRoutes: readonly Route[] = [
  "2023-11-01",
  "2022-09-01",
  "2019-05-01",
  "2015-01-01",
  "1.0",
].map((version) => ({
  method: "GET",
  path: `/metadata/endpoints?api-version=${version}`,
  supported: "yes",
  document: "rest/api/azurestack/metadata-endpoints",
  verified: "unverified",
}));

/** The emulated issuer of GitHub Actions, as github-oidc.ts registers it. */
export const githubRoutes: readonly Route[] = [
  "/.well-known/openid-configuration",
  "/.well-known/jwks",
  "/idtoken",
].map((path) => ({
  method: "GET",
  path,
  supported: "yes",
  document: github,
  verified: "document",
}));
