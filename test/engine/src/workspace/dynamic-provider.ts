import { exitWithParent } from "../grpc/exit-with-parent.ts";

// The SDK's host of dynamic resources outlives an engine that is killed (measured with 3.259.0), so it is started from here.
exitWithParent();
await import("@pulumi/pulumi/cmd/dynamic-provider/index.js");
