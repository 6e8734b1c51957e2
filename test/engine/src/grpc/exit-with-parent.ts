/**
 * Ends this process once the engine that started it is gone: a child whose parent dies is handed to another process, so
 * its parent id changes. The engine does not end its plugins when it is killed.
 */
export function exitWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 500).unref();
}
