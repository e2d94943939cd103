import { expect, test } from "vitest";
import { Silence } from "./silence";

test("what does not play for five seconds while somebody speaks is told once, and taken back when it plays", () => {
  const silence = new Silence();

  const told = [
    silence.news("dumb", 0),
    silence.news("unknown", 3000),
    silence.news("dumb", 4999),
    silence.news("dumb", 5000),
    silence.news("dumb", 9000),
    silence.news("plays", 9250),
    silence.news("plays", 9500),
  ];

  expect(told).toEqual([null, null, null, true, null, false, null]);
});

test("who says that they hear nothing is believed until they say otherwise, although the page plays", () => {
  const silence = new Silence();

  silence.says(true, "plays", 0);
  const told = [silence.news("plays", 0), silence.news("plays", 60_000)];
  silence.says(false, "plays", 60_200);

  expect([...told, silence.news("plays", 60_250)]).toEqual([true, null, false]);
});

test("who says so while nothing plays hears when it does", () => {
  const silence = new Silence();

  silence.says(true, "unknown", 0);

  expect([silence.news("unknown", 250), silence.news("plays", 500), silence.said]).toEqual([
    true,
    false,
    false,
  ]);
});

test("a short hole is nobody's business", () => {
  const silence = new Silence();

  expect([silence.news("dumb", 0), silence.news("plays", 4000), silence.news("dumb", 6000)]).toEqual([
    null,
    null,
    null,
  ]);
});
