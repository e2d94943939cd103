import { expect, test } from "vitest";
import { chapterAt, fromHash, read, speed, turned } from "./positions";
import { river } from "./river";

const { chapters } = river;

test.each([
  ["21:12", 1_272_000],
  ["1:02:30", 3_750_000],
  [" 0:05 ", 5000],
  ["90", 90_000],
  ["٢١:١٢", 1_272_000],
  ["21:72", null],
  ["soon", null],
  ["", null],
  ["-1:00", null],
])("the time %s", (typed, place) => {
  expect(read(typed)).toBe(place);
});

test.each([
  ["#t=21:12", 1_272_000],
  ["#t=72", 72_000],
  ["#main", null],
  ["", null],
])("the address %s", (hash, place) => {
  expect(fromHash(hash)).toBe(place);
});

test("a place lies in the last chapter that has begun, and a hidden one has no places", () => {
  const hidden = chapters.map((one) => ({ ...one, hidden: one.id === "q1" }));

  const found = [0, 259_999, 260_000, 9_999_999].map((place) => chapterAt(chapters, place)?.id);

  expect(found).toEqual(["opening", "opening", "q1", "last"]);
  expect(chapterAt(hidden, 260_000)?.id).toBe("opening");
  expect(chapterAt([], 0)).toBeNull();
});

test("back leads to where the chapter began, and soon after its beginning to the one before", () => {
  const begins = chapters.map((one) => one.begins);

  expect(turned(chapters, 1_200_000, 1)).toBe(begins[3]);
  expect(turned(chapters, 1_200_000, -1)).toBe(begins[2]);
  expect(turned(chapters, (begins[2] ?? 0) + 1000, -1)).toBe(begins[1]);
  expect(turned(chapters, 1000, -1)).toBe(0);
  expect(turned(chapters, 9_999_999, 1)).toBeNull();
});

test("a press goes round the speeds, a key stops at the last", () => {
  expect([1, 1.25, 1.5, 2].map((now) => speed(now, 1, true))).toEqual([1.25, 1.5, 2, 1]);
  expect([speed(2, 1), speed(1, -1)]).toEqual([2, 1]);
});
