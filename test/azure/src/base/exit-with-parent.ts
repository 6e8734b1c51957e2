const program = `process.stdin.on("close", () => process.exit(1)).resume().unref();`;

/**
 * A module for Node's `--import` that ends a child process when its standard input closes, which it does however the
 * parent ends. Without it a killed local Azure would leave its sites and its blob store running.
 */
export const exitWithParent = `data:text/javascript,${encodeURIComponent(program)}`;
