/** An Azure region: the name in requests, and the name that people read. */
export interface Region {
  readonly name: string;
  readonly displayName: string;
}

/** Regions of the public, US Government and China clouds (learn.microsoft.com/azure/reliability/regions-list). */
export const regions: readonly Region[] = `
  East US, East US 2, South Central US, West US 2, West US 3, Central US, North Central US, West US, West Central US,
  Canada Central, Canada East, Mexico Central, Brazil South, Brazil Southeast, Chile Central, North Europe, West Europe,
  UK South, UK West, Sweden Central, Sweden South, France Central, France South, Germany West Central, Germany North,
  Switzerland North, Switzerland West, Norway East, Norway West, Poland Central, Italy North, Spain Central, Austria East,
  Belgium Central, Denmark East, Israel Central, Qatar Central, UAE North, UAE Central, South Africa North,
  South Africa West, Australia East, Australia Southeast, Australia Central, Australia Central 2, New Zealand North,
  Southeast Asia, East Asia, Indonesia Central, Malaysia West, Japan East, Japan West, Korea Central, Korea South,
  Central India, South India, West India, Jio India West, Jio India Central, USGov Virginia, USGov Arizona, USGov Texas,
  China North, China North 2, China North 3, China East, China East 2, China East 3`
  .split(",")
  .map((text) => text.trim().replaceAll(/\s+/g, " "))
  .map((displayName) => ({ name: locationName(displayName), displayName }));

/** Regions in which Microsoft tries what is new; its own tools are recorded there. No list shows them. */
export const canaryRegions: readonly string[] = ["eastus2euap", "centraluseuap"];

/** A location as Resource Manager compares and answers it: `West Europe` is `westeurope`. */
export function locationName(location: string): string {
  return location.replaceAll(" ", "").toLowerCase();
}

/** As Microsoft.Web answers it: `West Europe` for `westeurope`, and what is no region as it is. */
export function locationDisplayName(location: string): string {
  const name = locationName(location);
  return regions.find((region) => region.name === name)?.displayName ?? location;
}
