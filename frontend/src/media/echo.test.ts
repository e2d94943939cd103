import { expect, test } from "vitest";
import { echoes } from "./echo";

const QUIET = -95;

test("tones that come back from a loudspeaker are heard", () => {
  const pips = [-50, -52, -49].map((during) => ({ before: QUIET, during }));

  expect(echoes(pips)).toBe(true);
});

test("headphones give nothing back", () => {
  expect(echoes([-94, -96, -93].map((during) => ({ before: QUIET, during })))).toBe(false);
});

test("a hum that was there before is no echo, and neither is one word said meanwhile", () => {
  expect(echoes([-40, -41, -40].map((during) => ({ before: -40, during })))).toBe(false);
  expect(
    echoes([
      { before: QUIET, during: -45 },
      { before: QUIET, during: QUIET },
      { before: QUIET, during: QUIET },
    ]),
  ).toBe(false);
});

test("what is too soft to trouble anybody is none", () => {
  expect(echoes([-80, -79, -81].map((during) => ({ before: -110, during })))).toBe(false);
});
