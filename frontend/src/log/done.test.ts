import { expect, test } from "vitest";
import { type Done, pieces } from "./done";

const LINE: Done = {
  verb: "room.ban",
  says: "{by} banned {of} from {room}",
  name: "Ada",
  itself: null,
  room: "sparrows",
  title: "Sparrows {by} night",
  group: null,
  of: "Ben",
};

test("names and titles stand apart from the words, and are not read for gaps", () => {
  expect(pieces(LINE)).toEqual([
    { text: "Ada", of: "by" },
    { text: " banned ", of: null },
    { text: "Ben", of: "of" },
    { text: " from ", of: null },
    { text: "Sparrows {by} night", of: "room" },
  ]);
});

test("who has gone is called so, and an unknown verb stands as it is", () => {
  const told = pieces({ ...LINE, name: null, verb: "room.sing", says: "{by}: {verb}" });

  expect(told.map((piece) => piece.text).join("")).toBe("Somebody who has gone: room.sing");
});

test("what no person did is told of what did it", () => {
  const told = pieces({ ...LINE, name: null, itself: "The command line of this place" });

  expect(told[0]?.text).toBe("The command line of this place");
});
