import { expect, test } from "vitest";
import { given } from "$/live/living";
import type { MeView } from "$/live/protocol";
import { nearness } from "./nearness";

const of = (me: Partial<MeView>, inFront = false) => {
  const state = given();
  return nearness({ ...state, me: { ...state.me, ...me } }, inFront);
};
const place = (n: number) => ({ n, minutes: null, after_end: null });

test.each([
  ["third in line", { place: place(3) }, "audience"],
  ["second in line", { place: place(2) }, "near"],
  ["next", { place: place(1) }, "near"],
  ["invited", { invitation: { person: "fiona", name: "Fiona", until: 1, question: null } }, "near"],
  ["waiting for a seat", { waiting: 1 }, "near"],
  ["without a place", {}, "audience"],
] as const)("who is %s", (_, me, near) => {
  expect(of(me)).toBe(near);
});

test("who is on stage or backstage is in front, and before a room is known nobody is", () => {
  expect([of({ place: place(1) }, true), nearness(null, false)]).toEqual(["front", "audience"]);
});
