import { expect, test } from "vitest";
import before from "../../../tests/transcripts/roles-host.json";
import { cohostRights, keptThen } from "./cohosts";

test("a right that is kept is kept once, and given back it is kept no more", () => {
  expect(keptThen(["room.end"], "room.end", false)).toEqual(["room.end"]);
  expect(keptThen(["room.end"], "room.ban", false)).toEqual(["room.end", "room.ban"]);
  expect(keptThen(["room.end", "room.ban"], "room.end", true)).toEqual(["room.ban"]);
});

test("each right has its name and its sentence, and is one that the host has", () => {
  const shown = cohostRights();

  expect(shown.filter((one) => one.name === "" || one.covers === "")).toEqual([]);
  expect(shown.filter((one) => !before.before.me.rights.includes(one.right))).toEqual([]);
});
