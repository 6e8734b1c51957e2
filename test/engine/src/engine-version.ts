import pulumiPackage from "pulumi/package.json" with { type: "json" };

/** The engine's version, pinned by the npm package `pulumi`. */
export const engineVersion = pulumiPackage.version;
