import { expect, test } from "vitest";
import type { Said } from "./api";
import { paragraphs, saidAt } from "./transcript";

const said = (who: string, begins: number, ends = begins + 1000): Said => ({ who, begins, ends, text: who });

test("what one person says in one go is one paragraph; another voice, a silence or a long speech begins a new one", () => {
  const long = Array.from({ length: 7 }, (_, n) => said("ben", 40_000 + n * 1000));

  const parted = paragraphs([
    said("ada", 0),
    said("ada", 1000),
    said("ben", 2000),
    said("ben", 20_000),
    ...long,
  ]);

  expect(parted.map(({ who, begins, first, end }) => [who, begins, first, end])).toEqual([
    ["ada", 0, 0, 2],
    ["ben", 2000, 2, 3],
    ["ben", 20_000, 3, 4],
    ["ben", 40_000, 4, 10],
    ["ben", 46_000, 10, 11],
  ]);
});

test("the sentence that is heard stays marked until the next, or for a few seconds", () => {
  const all = [said("ada", 1000), said("ben", 5000), said("ada", 60_000)];

  expect([0, 1000, 4999, 5000, 9000, 30_000, 60_500].map((place) => saidAt(all, place))).toEqual([
    -1, 0, 0, 1, 1, -1, 2,
  ]);
  expect(saidAt([], 0)).toBe(-1);
});
