import { unzipSync } from "fflate";
import { hashFiles } from "./build-package.ts";
import { refusal, type Scm } from "./scm.ts";

// Where run-from-package keeps what was pushed: https://learn.microsoft.com/azure/app-service/deploy-run-package.
// That SCM serves it below this address is unverified on Azure.
const PACKAGES = "/api/vfs/data/SitePackages";

/** The hash of the package a site runs now, by its files; undefined when it has none. */
export async function deployedHash(scm: Pick<Scm, "request">): Promise<string | undefined> {
  const nameResponse = await scm.request(`${PACKAGES}/packagename.txt`);
  if (nameResponse.status === 404) return undefined;
  if (!nameResponse.ok) throw await refusal(nameResponse, "read the name of the deployed package");
  const name = (await nameResponse.text()).trim();
  const response = await scm.request(`${PACKAGES}/${encodeURIComponent(name)}`);
  if (response.status === 404) return undefined;
  if (!response.ok) throw await refusal(response, "read the deployed package");
  return hashFiles(unzipSync(new Uint8Array(await response.arrayBuffer())));
}
