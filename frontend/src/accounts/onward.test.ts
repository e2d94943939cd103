import { beforeEach, expect, test } from "vitest";
import { forgetWay, headFor, onward } from "./onward";

beforeEach(() => localStorage.clear());

test("one goes on where one was, and once", () => {
  headFor("/i/abc");

  expect([onward(), onward()]).toEqual(["/i/abc", "/"]);
});

test("what stands behind the path is kept", () => {
  headFor("/plan?group=loire");

  expect(onward()).toBe("/plan?group=loire");
});

test.each(["/", "/welcome", "/in/abc", "//elsewhere.example/x/y", "/g/loire/feed.xml", ""])(
  "%s is no way back",
  (path) => {
    headFor("/g/loire");
    forgetWay();
    headFor(path);

    expect(onward()).toBe("/");
  },
);

test("after a quarter of an hour nothing is remembered", () => {
  headFor("/g/loire", 0);

  expect(onward(15 * 60 * 1000)).toBe("/");
});

test("what somebody else wrote there leads nowhere", () => {
  for (const text of [
    "no json",
    "7",
    JSON.stringify({ path: "https://elsewhere.example/", at: Date.now() }),
  ]) {
    localStorage.setItem("causerie.onward", text);

    expect(onward()).toBe("/");
  }
});
