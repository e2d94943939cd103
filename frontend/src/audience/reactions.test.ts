import { expect, test } from "vitest";
import type { Murmur } from "$/live/fold/state";
import { tally } from "./reactions";

test("reactions are summed over five seconds, the most first, and then they are gone", () => {
  const murmur: Murmur[] = [
    { at: 1000, counts: { clap: 90, laugh: 1 } },
    { at: 4000, counts: { clap: 3, heart: 5 } },
    { at: 6000, counts: { clap: 4 } },
  ];

  expect(tally(murmur, 6500)).toEqual([
    ["clap", 7],
    ["heart", 5],
  ]);
  expect(tally(murmur, 11_000)).toEqual([]);
});

test("a kind this page does not know is left out", () => {
  expect(tally([{ at: 1, counts: { confetti: 4, fire: 1 } }], 2)).toEqual([["fire", 1]]);
});
