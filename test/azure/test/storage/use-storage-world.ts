import { afterAll, beforeAll, beforeEach } from "vitest";
import { StorageWorld } from "./storage-world.ts";

/**
 * Hands each test of a file a world of its own, before the file's own `beforeEach`. They share one storage front, which is
 * started before the first and leaves Azurite empty after the last.
 */
export function useStorageWorld(take: (world: StorageWorld) => void): void {
  let world: StorageWorld;
  beforeAll(async () => {
    world = await StorageWorld.start();
  });
  afterAll(() => world.close());
  beforeEach(() => {
    world = world.renew();
    take(world);
  });
}
