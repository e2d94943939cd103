import { expect, test } from "vitest";
import type { Seat } from "$/live/protocol";
import { shares } from "./share";

const seat = (person: string) => ({ person, name: person.toUpperCase() }) as Seat;

test("longest first; who left the stage and who spoke little are the rest", () => {
  const spoken = { ada: 50_000, ben: 20_000, cleo: 10_000, dan: 10_000, eve: 5_000, gone: 5_000, still: 0 };

  const { first, rest } = shares(spoken, ["ada", "ben", "cleo", "dan", "eve", "still"].map(seat));

  expect(first.map((share) => [share.name, share.percent])).toEqual([
    ["ADA", 50],
    ["BEN", 20],
    ["CLEO", 10],
    ["DAN", 10],
  ]);
  expect(rest).toEqual({ people: 2, spoken: 10_000, percent: 10 });
});

test("before anybody has spoken there is nothing to share", () => {
  expect(shares({}, [seat("ada")])).toEqual({ first: [], rest: { people: 0, spoken: 0, percent: 0 } });
});
