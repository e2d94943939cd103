import { expect, test } from "vitest";
import { long } from "$/i18n/times";
import { aloud, exact, size, stands } from "./lengths";

test.each([
  [1_272_000, 2, "21 minutes 12 seconds, chapter 2"],
  [0, null, "0 seconds"],
  [61_000, 1, "1 minute 1 second, chapter 1"],
  [3_600_000, null, "1 hour"],
  [7_265_999, 12, "2 hours 1 minute 5 seconds, chapter 12"],
])("the head at %s", (place, chapter, said) => {
  expect(stands(place, chapter)).toBe(said);
});

test("minutes alone are read without seconds", () => {
  expect(aloud(120_000)).toBe("2 minutes");
});

test.each([
  [5_050_000, "1 h 24 min"],
  [7_200_000, "2 h"],
  [1_140_000, "19 min"],
  [48_000, "48 s"],
])("how long %s is", (length, said) => {
  expect(long(length)).toBe(said);
});

test.each([
  [80_000, "1 min 20"],
  [65_000, "1 min 05"],
  [60_000, "1 min"],
  [31_000, "31 s"],
])("%s to the second", (length, said) => {
  expect(exact(length)).toBe(said);
});

test.each([
  [58_000_000, "58 MB"],
  [1_240_000_000, "1.2 GB"],
  [3_400, "3.4 kB"],
  [12, "0 kB"],
])("a file of %s bytes", (bytes, said) => {
  expect(size(bytes)).toBe(said);
});
