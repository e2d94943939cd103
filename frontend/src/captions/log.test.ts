import { expect, test } from "vitest";
import { withNew } from "./log";

const line = (at: number, text = `Line ${at}.`) => ({ speaker: "Ada", text, at });

test("what is typed while the log is open stands at its end, once", () => {
  const log = withNew([line(1), line(2)], [line(1), line(2), line(3), line(4)]);

  expect(log).toEqual([line(1), line(2), line(3), line(4)]);
  expect(withNew(log, [line(2), line(3), line(4)])).toBe(log);
});

test("after a lost line the last lines follow, although some between them are missing", () => {
  expect(withNew([line(1)], [line(7), line(8)])).toEqual([line(1), line(7), line(8)]);
});

test("two lines of one moment are two", () => {
  const log = withNew([line(1, "Yes.")], [line(1, "Yes."), line(1, "No.")]);

  expect(log).toEqual([line(1, "Yes."), line(1, "No.")]);
});

test("before anything was typed the log is empty", () => {
  expect(withNew([], [])).toEqual([]);
});
