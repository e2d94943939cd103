import { expect, test } from "vitest";
import { read, written } from "./minutes";
import { bytes } from "./push";

test("a minute of the day is written and read", () => {
  expect([0, 425, 1439].map(written)).toEqual(["00:00", "07:05", "23:59"]);
  expect(["00:00", "07:05", "23:59:00"].map((text) => read(text, 1))).toEqual([0, 425, 1439]);
});

test("what is no time leaves it as it was", () => {
  expect(["", "7:05", "late"].map((text) => read(text, 60))).toEqual([60, 60, 60]);
});

test("our key comes as bytes", () => {
  expect([...bytes("-_8A")]).toEqual([251, 255, 0]);
});
