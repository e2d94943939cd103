import { expect, test } from "vitest";
import { clock, following, rateAfter } from "./moments";

test("a moment as one says it", () => {
  expect([0, 187.9, 3729, -1].map(clock)).toEqual(["0:00", "3:07", "1:02:09", "0:00"]);
});

test("speeds come round", () => {
  expect([1, 1.25, 1.5, 2, 0.75, 7].map(rateAfter)).toEqual([1.25, 1.5, 2, 0.75, 1, 1]);
});

test("the paragraph that is being said", () => {
  expect([-1, 0, 4.9, 5, 99].map((now) => following([0, 5, 9], now))).toEqual([-1, 0, 0, 1, 2]);
});
