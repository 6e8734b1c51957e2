import type { FuzzTarget } from "./fuzz-target.ts";
import { signedInManage } from "./management-world.ts";

/**
 * Throws unless, after whatever was sent, a deployer signs in and finds the planted hosts, and the control address answers
 * that no fault is in force.
 */
export async function requireSane(target: FuzzTarget): Promise<void> {
  const manage = await signedInManage(target, "kept");
  for (const { resourceId } of [target.site, target.virtualMachine])
    await manage("GET", resourceId);
  const { url: origin, token } = target.connection.control;
  const ask = (method: string) =>
    target.send({
      route: "/faults",
      origin,
      method,
      path: "/faults",
      headers: { authorization: `Bearer ${token}` },
    });
  await ask("DELETE");
  const { status, body } = await ask("GET");
  if (status !== 200 || body !== "[]") throw new Error(`/faults answered ${status}: ${body}`);
}
