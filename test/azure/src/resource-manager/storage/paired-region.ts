import { locationName } from "../engine/regions.ts";

/** learn.microsoft.com/azure/reliability/regions-paired, in both directions unless said otherwise. */
const pairs = `
  eastus westus, eastus2 centralus, northcentralus southcentralus, westus2 westcentralus, canadacentral canadaeast,
  northeurope westeurope, uksouth ukwest, francecentral francesouth, germanywestcentral germanynorth,
  switzerlandnorth switzerlandwest, norwayeast norwaywest, swedencentral swedensouth, uaenorth uaecentral,
  southafricanorth southafricawest, australiaeast australiasoutheast, australiacentral australiacentral2,
  southeastasia eastasia, japaneast japanwest, koreacentral koreasouth, centralindia southindia,
  usgovvirginia usgovtexas, chinanorth chinaeast, chinanorth2 chinaeast2, chinanorth3 chinaeast3`
  .split(",")
  .map((pair) => pair.trim().split(/\s+/));

/** Those whose pair is paired with another. */
const oneWay: Readonly<Record<string, string>> = {
  westus3: "eastus",
  brazilsouth: "southcentralus",
  brazilsoutheast: "brazilsouth",
  westindia: "southindia",
  usgovarizona: "usgovtexas",
};

/** Where a region's data are kept a second time; itself for one without a pair. */
export function pairedRegion(location: string): string {
  const name = locationName(location);
  for (const [one = "", other = ""] of pairs) {
    if (one === name) return other;
    if (other === name) return one;
  }
  return oneWay[name] ?? name;
}
