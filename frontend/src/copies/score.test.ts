import { expect, test } from "vitest";
import type { Chapter, Speaker } from "./api";
import { LANES, lanes, marks, mostly, stretches } from "./score";
import { river } from "./river";

const speaker = (number: number, talked: number, given: Partial<Speaker> = {}): Speaker => ({
  number,
  name: `speaker ${number}`,
  portrait: null,
  spans: [[0, 1000]],
  talked,
  track: null,
  ...given,
});

test("the host comes first, then who spoke most; those who asked come last, and the silent have no lane", () => {
  const { speakers, chapters, host, length } = river;

  const drawn = lanes(speakers, chapters, { host, length });

  expect(drawn.map((lane) => [lane.role, ...lane.speakers.map((one) => one.name)])).toEqual([
    ["host", "Aurélie Sandoz"],
    ["speaker", "Tomasz Wilk"],
    ["speaker", "Karim Tafrout"],
    ["speaker", "Ines Almeida"],
    ["asked", "Nour Haddad"],
  ]);
});

test("of a full stage the first are drawn, the rest shares a lane until one asks for all", () => {
  const many = Array.from({ length: 12 }, (_, n) => speaker(n + 1, 1000 - n));

  const drawn = lanes(many, [], { host: "", length: 1000 });
  const all = lanes(many, [], { host: "", length: 1000, all: true });

  expect([drawn.length, drawn.at(-1)?.speakers.length, all.length]).toEqual([LANES, 5, 12]);
  expect(drawn.at(-1)?.talked).toBe(993 + 992 + 991 + 990 + 989);
});

test("breaths are no gaps, and what is short is still seen, at the end as well", () => {
  const drawn = stretches(
    [
      [50_000, 60_000],
      [10_000, 20_000],
      [20_100, 30_000],
      [99_900, 100_000],
    ],
    100_000,
  );

  expect(drawn).toEqual([
    { from: 10, wide: 20 },
    { from: 50, wide: 10 },
    { from: 99.6, wide: 0.4 },
  ]);
  expect(stretches([[0, 1]], 0)).toEqual([]);
});

test("numbers that would lie upon each other are left out, their lines stay", () => {
  const chapter = (n: number, begins: number, hidden = false): Chapter => ({
    id: `q${n}`,
    n,
    title: "",
    asker: null,
    votes: null,
    begins,
    ends: begins + 1,
    kind: "answer",
    answer: null,
    hidden,
  });

  const drawn = marks(
    [chapter(1, 10), chapter(2, 12), chapter(3, 20), chapter(4, 30, true), chapter(5, 99)],
    100,
  );

  expect(drawn.map(({ at, said }) => [at, said])).toEqual([
    [10, true],
    [12, false],
    [20, true],
    [99, false],
  ]);
});

test("a clip is by whoever speaks most in it", () => {
  expect(mostly(river.speakers, 1_120_000, 1_200_000)?.name).toBe("Karim Tafrout");
  expect(mostly(river.speakers, 2_000_000, 2_100_000)).toBeNull();
});
