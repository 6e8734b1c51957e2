import { AzureCliCredential, ClientAssertionCredential } from "@azure/identity";
import { afterEach, describe, expect, it, vi } from "vitest";
import { deployerCredential } from "../../../infra/package/deployer-credential.ts";

const deployer = {
  tenantId: "6b6b1c1e-5f0a-4c5b-9d0e-2b7a4a1f3c01",
  subscriptionId: "0d8f2a54-3c1b-4d7e-8a90-51c6f0b2e701",
  clientId: "9f3c7b20-84d1-4e6a-b5c2-7d10a9e8f401",
  loginEndpoint: "https://login.example",
  resourceManager: "https://arm.example",
};

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

// What the credentials then send is tested against the local Azure.
describe("deployerCredential", () => {
  it("is the Azure CLI on a person's machine, with the home tenant's profile where the shell names one", () => {
    vi.stubEnv("AZURE_CONFIG_DIR", "default");
    expect(deployerCredential(deployer, {})).toBeInstanceOf(AzureCliCredential);
    expect(process.env["AZURE_CONFIG_DIR"]).toBe("default");
    const env = { AZURE_CONFIG_DIR_HOME: "profiles/home" };
    expect(deployerCredential(deployer, env)).toBeInstanceOf(AzureCliCredential);
    expect(process.env["AZURE_CONFIG_DIR"]).toBe("profiles/home");
  });

  it("is the job's OIDC token in CI, and refuses a job that gets none without showing its request token", async () => {
    const asked: Request[] = [];
    vi.stubGlobal("fetch", (url: URL, init: RequestInit) => {
      asked.push(new Request(url, init));
      return Promise.resolve(new Response("", { status: 403 }));
    });
    const credential = deployerCredential(deployer, {
      ACTIONS_ID_TOKEN_REQUEST_URL: "https://ci.example/token?job=7",
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "canary",
    });
    expect(credential).toBeInstanceOf(ClientAssertionCredential);
    const error: unknown = await credential.getToken("scope/.default").catch((reason) => reason);
    expect(String(error)).toContain("answered 403; does the job have id-token: write?");
    expect(String(error)).not.toContain("canary");
    const { searchParams } = new URL(asked[0]?.url ?? "");
    expect(Object.fromEntries(searchParams)).toEqual({
      job: "7",
      audience: "api://AzureADTokenExchange",
    });
    expect(asked[0]?.headers.get("authorization")).toBe("Bearer canary");
  });
});
