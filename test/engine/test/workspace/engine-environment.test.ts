import { expect, it } from "vitest";
import { engineEnvironment } from "../../src/workspace/engine-environment.ts";

const azure = {
  metadataHost: "localhost:1",
  caFile: "ca.pem",
  oidc: { requestUrl: "https://localhost/idtoken", requestToken: "token" },
};

it("leads to the local Azure", () => {
  expect(engineEnvironment({}, azure)).toMatchObject({
    ARM_METADATA_HOSTNAME: "localhost:1",
    ACTIONS_ID_TOKEN_REQUEST_URL: "https://localhost/idtoken",
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "token",
    NODE_EXTRA_CA_CERTS: "ca.pem",
    SSL_CERT_FILE: "ca.pem",
  });
});

it("takes away what would sign in elsewhere", () => {
  const ambient = {
    ARM_TENANT_ID: "t",
    ARM_CLIENT_SECRET: "s",
    AZURE_CLIENT_ID: "c",
    PULUMI_ACCESS_TOKEN: "p",
    HOME: "h",
  };
  const environment = engineEnvironment(ambient, azure);
  expect(environment["HOME"]).toBe("h");
  const left = Object.keys(ambient).filter((name) => name in environment);
  expect(left).toEqual(["HOME"]);
});

it("keeps loopback requests away from a proxy", () => {
  const ambient = { https_proxy: "http://127.0.0.1:9", no_proxy: "low", NO_PROXY: "intra" };
  const environment = engineEnvironment(ambient, azure);
  for (const name of ["no_grpc_proxy", "no_proxy", "NO_PROXY"])
    expect(environment[name]).toBe("low,intra,localhost,127.0.0.1");
});
