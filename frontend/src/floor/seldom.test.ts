import { expect, test } from "vitest";
import { Seldom } from "./seldom";

test("far back a place is told at most twice a minute, near the front at once", () => {
  const seldom = new Seldom();

  const told = [
    seldom.tells("9th", 9, 0),
    seldom.tells("8th", 8, 1000),
    seldom.tells("7th", 7, 29_999),
    seldom.tells("7th", 7, 30_000),
    seldom.tells("2nd", 2, 31_000),
    seldom.tells("1st", 1, 31_250),
  ];

  expect(told).toEqual(["9th", "9th", "9th", "7th", "2nd", "1st"]);
});
