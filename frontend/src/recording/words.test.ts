import { expect, test } from "vitest";
import type { Recording } from "$/live/protocol";
import { isOn, ran } from "./words";

const states = [
  "off",
  "requested",
  "recording",
  "paused",
  "stopping",
  "processing",
  "ready",
  "failed",
] as const;
const of = (state: Recording["state"], before = 0): Recording => ({ state, since: 1000, before });

test("people are asked from the request to the end of the take", () => {
  expect(states.filter((state) => isOn(of(state)))).toEqual(["requested", "recording", "paused"]);
});

test("only what runs grows longer", () => {
  expect(states.map((state) => ran(of(state, 500), 3000))).toEqual([500, 500, 2500, 500, 500, 500, 500, 500]);
});

test("a clock that is behind makes no time negative", () => {
  expect(ran(of("recording"), 0)).toBe(0);
});
