const program = `
import { registerHooks } from "node:module";
registerHooks({
  load: (url, context, next) =>
    url.includes("/node_modules/applicationinsights/")
      ? { format: "commonjs", source: "", shortCircuit: true }
      : next(url, context),
});`;

/**
 * A module for Node's `--import` that gives Azurite an empty module for its telemetry client. Azurite loads it even when
 * told to send nothing (dist/src/common/Telemetry.js of 3.37.0), and that is most of what its start takes.
 */
export const withoutTelemetry = `data:text/javascript,${encodeURIComponent(program)}`;
