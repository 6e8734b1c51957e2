import chromium from "@sparticuz/chromium";
import { chromium as playwright, type Browser } from "playwright-core";

/**
 * Starts a headless browser that reaches this machine only. On Linux with an x64 processor the browser comes with the npm
 * packages; elsewhere it is the installed Chrome, and Playwright says how to install one when there is none.
 */
export async function startBrowser(): Promise<Browser> {
  const packaged = process.platform === "linux" && process.arch === "x64";
  return playwright.launch({
    // Playwright's own half minute says no more than that a machine is busy: what hangs, the test's own timeout ends.
    timeout: 0,
    ...(packaged ? { executablePath: await chromium.executablePath() } : { channel: "chrome" }),
    args: [
      // Where tests run as root or in a container, the sandbox cannot be set up.
      "--no-sandbox",
      "--no-proxy-server",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
    ],
  });
}
