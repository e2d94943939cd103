import { expect, test } from "vitest";
import type { AuditLine } from "./api";
import { pieces } from "./audited";

const LINE: AuditLine = {
  id: "1",
  at: 0,
  verb: "room.ban",
  says: "{by} banned {of} from {room}",
  actor: "01A",
  name: "Ada",
  room: "sparrows",
  title: "Sparrows {by} night",
  group: null,
  subject: "01B",
  of: "Ben",
  reason: null,
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
