import { expect, test } from "vitest";
import { around, bars, drawn, from, shown, to } from "./picker";

const HOUR = 3_600_000;

test("a clip begins where one listens, and before the end of the copy where that is near", () => {
  expect(around(60_000, HOUR)).toEqual({ begins: 60_000, ends: 105_000 });
  expect(around(HOUR, HOUR)).toEqual({ begins: HOUR - 45_000, ends: HOUR });
  expect(around(5000, 20_000)).toEqual({ begins: 0, ends: 20_000 });
});

test.each([
  ["within", 70_000, { begins: 70_000, ends: 105_000 }],
  ["too near: the end goes along", 100_000, { begins: 100_000, ends: 115_000 }],
  ["too far: the end comes along", -5, { begins: 0, ends: 105_000 }],
  ["past the end", HOUR, { begins: HOUR - 15_000, ends: HOUR }],
])("the left handle, %s", (_, place, cut) => {
  expect(from({ begins: 60_000, ends: 105_000 }, place, HOUR)).toEqual(cut);
});

test.each([
  ["within", 100_000, { begins: 60_000, ends: 100_000 }],
  ["too near: the beginning goes along", 62_000, { begins: 47_000, ends: 62_000 }],
  ["too far: the beginning comes along", 300_000, { begins: 180_000, ends: 300_000 }],
  ["before the beginning", 0, { begins: 0, ends: 15_000 }],
])("the right handle, %s", (_, place, cut) => {
  expect(to({ begins: 60_000, ends: 105_000 }, place, HOUR)).toEqual(cut);
});

test("of a long copy four minutes around the clip are shown, of a short one all", () => {
  expect(shown({ begins: 60_000, ends: 105_000 }, HOUR)).toEqual({ begins: 0, ends: 240_000 });
  expect(shown({ begins: HOUR / 2, ends: HOUR / 2 + 60_000 }, HOUR)).toEqual({
    begins: 1_710_000,
    ends: 1_950_000,
  });
  expect(shown({ begins: 0, ends: 20_000 }, 90_000)).toEqual({ begins: 0, ends: 90_000 });
});

test("the wave of a stretch: each bar is the loudest of its seconds, silence is still a dot", () => {
  const heights = bars([0, 255, 51, 0], { begins: 0, ends: 4000 }, 2);

  expect(heights).toEqual([1, 0.2]);
  expect(bars([255], { begins: 5000, ends: 9000 }, 2)).toEqual([0, 0]);
  expect(drawn([1, 0])).toBe("M2 1.0v30.0M6 15.0v2.0");
});
