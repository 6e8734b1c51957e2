const program = String.raw`
import { enableCompileCache, registerHooks } from "node:module";
enableCompileCache();
const unused = /\/node_modules\/(applicationinsights\/|azurite\/dist\/src\/blob\/SqlBlobServer\.js)/;
registerHooks({
  load: (url, context, next) =>
    unused.test(url)
      ? { format: "commonjs", source: "", shortCircuit: true }
      : next(url, context),
});`;

/**
 * A module for Node's `--import` that spares Azurite most of its start: it loads its telemetry client even when told to
 * send nothing (dist/src/common/Telemetry.js of 3.37.0) and all of Sequelize for a database that nobody named
 * (BlobServerFactory.js), which here are empty modules, and compiles the rest each time.
 */
export const quickStart = `data:text/javascript,${encodeURIComponent(program)}`;
