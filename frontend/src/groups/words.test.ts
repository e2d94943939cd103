import { expect, test } from "vitest";
import { suggested } from "./words";

test.each([
  ["Les Amis de la Loire", "les-amis-de-la-loire"],
  ["Élan & Ètude!", "elan-etude"],
  ["  --  ", ""],
  ["عن الطيور", ""],
  ["a".repeat(29) + " b", "a".repeat(29)],
])("%s suggests %s", (name, handle) => {
  expect(suggested(name)).toBe(handle);
});
