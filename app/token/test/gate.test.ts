import { expect, test } from "vitest";
import { Gate } from "../src/gate.ts";
import { settled } from "./manual-clock.ts";

test("runs no more work at a time than it has places, and the rest in order", async () => {
  const gate = new Gate(2);
  const started: number[] = [];
  const works = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
  const ended = works.map(({ promise }, index) =>
    gate.run(stays(), () => {
      started.push(index);
      return promise;
    }),
  );
  await settled();
  expect(started).toEqual([0, 1]);
  works[1]?.resolve();
  await settled();
  expect(started).toEqual([0, 1, 2]);
  for (const { resolve } of works) resolve();
  await Promise.all(ended);
  expect(started).toEqual([0, 1, 2, 3]);
});

test("work that leaves the queue takes no place with it, and gives none away that it never had", async () => {
  const { gate, release, leaving, left } = await gateWithOneWaiting();
  leaving.abort();
  await expect(left).rejects.toMatchObject({ name: "AbortError" });
  const next = startIn(gate);
  await settled();
  expect(next.started).toBe(false);
  release();
  await settled();
  expect(next.started).toBe(true);
});

test("work that leaves in the moment of its turn hands its place to the next", async () => {
  const { gate, release, leaving, left } = await gateWithOneWaiting();
  const next = startIn(gate);
  leaving.abort();
  release();
  await expect(left).rejects.toMatchObject({ name: "AbortError" });
  await settled();
  expect(next.started).toBe(true);
});

test("work that leaves does not let those before it in before their turn", async () => {
  const gate = new Gate(1);
  const { promise, resolve: release } = Promise.withResolvers<void>();
  void gate.run(stays(), () => promise);
  const next = startIn(gate);
  const leaving = new AbortController();
  const left = gate.run(leaving.signal, () => Promise.resolve());
  leaving.abort();
  await expect(left).rejects.toMatchObject({ name: "AbortError" });
  expect(next.started).toBe(false);
  release();
  await settled();
  expect(next.started).toBe(true);
});

test("work that fails frees its place", async () => {
  const gate = new Gate(1);
  await expect(gate.run(stays(), () => Promise.reject(new Error("failed")))).rejects.toThrow();
  const next = startIn(gate);
  await settled();
  expect(next.started).toBe(true);
});

/** A gate of one place that is taken until `release`, with one piece of work in its queue. */
async function gateWithOneWaiting() {
  const gate = new Gate(1);
  const { promise, resolve: release } = Promise.withResolvers<void>();
  void gate.run(stays(), () => promise);
  const leaving = new AbortController();
  const left = gate.run(leaving.signal, () => Promise.resolve());
  left.catch(() => undefined);
  await settled();
  return { gate, release, leaving, left };
}

function startIn(gate: Gate): { started: boolean } {
  const work = { started: false };
  void gate.run(stays(), () => {
    work.started = true;
    return Promise.resolve();
  });
  return work;
}

function stays(): AbortSignal {
  return new AbortController().signal;
}
