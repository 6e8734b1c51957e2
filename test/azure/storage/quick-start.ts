const program = `
import { enableCompileCache, registerHooks } from "node:module";
enableCompileCache();
registerHooks({
  load: (url, context, next) =>
    url.includes("/node_modules/applicationinsights/")
      ? { format: "commonjs", source: "", shortCircuit: true }
      : next(url, context),
});`;

/**
 * A module for Node's `--import` that spares Azurite most of its start: it loads its telemetry client even when told to
 * send nothing (dist/src/common/Telemetry.js of 3.37.0), which here is an empty module, and compiles the rest each time.
 */
export const quickStart = `data:text/javascript,${encodeURIComponent(program)}`;
