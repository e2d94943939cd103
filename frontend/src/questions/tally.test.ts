import { expect, test } from "vitest";
import { votesCount } from "./tally";

test.each([
  { who: "an account", person: { guest: false }, guestsCount: false, moves: true },
  { who: "a guest", person: { guest: true }, guestsCount: false, moves: false },
  { who: "a guest where they count", person: { guest: true }, guestsCount: true, moves: true },
  { who: "somebody whose name is on its way", person: null, guestsCount: false, moves: false },
])("$who moves the number with a vote: $moves", ({ person, guestsCount, moves }) => {
  expect(votesCount(person, guestsCount)).toBe(moves);
});
