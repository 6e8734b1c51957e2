import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Deployment } from "../../src/app-service/deployment.ts";
import { eventually } from "../eventually.ts";
import { publishPath, SiteWorld, source } from "./site-world.ts";

// Recorded: one-deploy and zip-deploy of the Azure CLI's test suite. Source: KuduLite. Real HTTPS, a real process; no Azure.

let world: SiteWorld;

beforeAll(async () => {
  // Long enough that a test can look at what is only there meanwhile.
  world = await SiteWorld.start({ scmFetchMilliseconds: 300 });
});

afterAll(() => world.close());

beforeEach(() => world.renew());

const packageOf = (text: string) => zipSync({ "main.cjs": strToU8(text) });
const push = (path: string, body: Uint8Array | string = packageOf(source)) =>
  world.scm(path, { method: "POST", body });
const deploymentOf = async (path: string) => {
  const { status, headers, body } = await world.scm(`/api/deployments/${path}`);
  return { status, location: headers["location"], document: JSON.parse(body) as Deployment };
};
const statusOf = (id: string) => world.owner("GET", `${world.site}/deploymentStatus/${id}`);

const followed = async (text: string) => {
  const id = String((await push(publishPath, packageOf(text))).headers["scm-deployment-id"]);
  return eventually(async () => {
    const { status, body, error } = await statusOf(id);
    expect([status, error]).toEqual([200, {}]);
    return { id, body };
  });
};

describe("a push that is answered at once", () => {
  it("is not told its deployment's id unless it asks to track it", async () => {
    const untold = await push("/api/publish?type=zip&async=true");
    expect([untold.status, untold.headers["scm-deployment-id"]]).toEqual([202, undefined]);
    expect(untold.headers["location"]).toMatch(
      /\/api\/deployments\/latest\?deployer=OneDeploy&time=\d{4}-\d\d-\d\d_\d\d-\d\d-\d\dZ$/,
    );
  });

  it("is a temporary deployment until its package is fetched, and its id unknown to all", async () => {
    const id = String((await push(publishPath)).headers["scm-deployment-id"]);
    expect((await deploymentOf(id)).status).toBe(404);
    expect((await statusOf(id)).status).toBe(404);
    const { status, location, document } = await deploymentOf("latest");
    expect([status, location]).toEqual([
      202,
      expect.stringMatching(/^https:\/\/localhost:\d+\/api\/deployments\/latest$/),
    ]);
    expect(document).toEqual({
      id: expect.stringMatching(/^temp-[0-9a-f]{8}$/),
      status: 0,
      status_text: "Receiving changes.",
      author_email: "N/A",
      author: "N/A",
      deployer: "OneDeploy",
      message: "OneDeploy",
      progress: "Fetching changes.",
      received_time: expect.any(String),
      start_time: expect.any(String),
      end_time: null,
      last_success_end_time: null,
      complete: false,
      active: false,
      is_temp: true,
      is_readonly: false,
      url: null,
      log_url: null,
      site_name: "site",
      provisioningState: "InProgress",
    });
    const ended = await eventually(async () => {
      const current = await deploymentOf(id);
      expect(current.document.complete).toBe(true);
      return current;
    });
    const address = expect.stringMatching(new RegExp(`/api/deployments/${id}(/log)?$`));
    expect(ended).toMatchObject({
      status: 200,
      document: { id, status: 4, active: true, is_temp: false, url: address, log_url: address },
    });
    const list = JSON.parse((await world.scm("/api/deployments/")).body) as Deployment[];
    expect(list.map((each) => each.id)).toEqual([id]);
  });

  it("is refused while another one goes on", async () => {
    await push(publishPath);
    const { status, body } = await push(publishPath);
    expect([status, body]).toEqual([
      409,
      "There is a deployment currently in progress. Please try again when it completes.",
    ]);
  });

  it("of what is no zip fails as the temporary deployment that it was", async () => {
    const id = String((await push(publishPath, "no zip")).headers["scm-deployment-id"]);
    await eventually(async () =>
      expect((await deploymentOf("latest")).document).toMatchObject({
        is_temp: true,
        complete: true,
        status: 3,
        provisioningState: "Failed",
      }),
    );
    expect((await deploymentOf(id)).status).toBe(404);
    expect((await statusOf(id)).status).toBe(404);
  });
});

describe("Get Production Site Deployment Status", () => {
  it("ends when the site runs with the package", async () => {
    const { id, body } = await followed(source);
    expect(body).toEqual({
      id: `${world.site}/deploymentStatus/${id}`,
      name: id,
      type: "Microsoft.Web/sites/deploymentStatus",
      location: expect.any(String),
      properties: {
        deploymentId: id,
        status: "RuntimeSuccessful",
        numberOfInstancesInProgress: 0,
        numberOfInstancesSuccessful: 1,
        numberOfInstancesFailed: 0,
        failedInstancesLogs: null,
        errors: null,
      },
    });
  });

  it("ends when the site does not start with it", async () => {
    const { body } = await followed("process.exit(1)");
    expect(body["properties"]).toMatchObject({
      status: "RuntimeFailed",
      numberOfInstancesFailed: 1,
      errors: [{ message: "the site's container did not start" }],
    });
  });

  it("is 202 with its own address until then", async () => {
    const waits = `setTimeout(() => {${source}}, 1500);`;
    const id = String((await push(publishPath, packageOf(waits))).headers["scm-deployment-id"]);
    const { headers, body } = await eventually(async () => {
      const current = await statusOf(id);
      expect(current.status).toBe(202);
      return current;
    });
    expect(headers.get("location")).toContain(`/deploymentStatus/${id}?api-version=`);
    expect(body["properties"]).toMatchObject({ numberOfInstancesFailed: 0 });
  });

  it("knows nothing of a deployment whose push did not ask for it", async () => {
    await push("/api/publish?type=zip&async=true");
    const id = await eventually(async () => {
      const { document } = await deploymentOf("latest");
      expect(document.complete).toBe(true);
      return document.id;
    });
    expect((await statusOf(id)).status).toBe(404);
  });
});
