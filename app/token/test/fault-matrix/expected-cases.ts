import type { TokenHop } from "../../src/token-error.ts";
import { faults, hopOf } from "./faults.ts";
import { matrix, warm } from "./matrix.ts";
import { states, type FaultCase } from "./run-case.ts";

export interface ExpectedCase extends FaultCase {
  readonly hop: TokenHop;
  readonly expected: string;
}

/** The matrix with nothing folded: each fault at each place of its hop, in each state. */
export function expectedCases(): ExpectedCase[] {
  return matrix.flatMap((group) =>
    group.faults.flatMap((fault) =>
      faults[fault].places
        .filter((place) => hopOf(place) === group.hop)
        .flatMap((place) =>
          states.flatMap((state) => {
            const expected = { ...group, warm }[state];
            return expected === undefined
              ? []
              : [{ place, fault, state, hop: group.hop, expected }];
          }),
        ),
    ),
  );
}
