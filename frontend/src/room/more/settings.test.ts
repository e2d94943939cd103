import { expect, test } from "vitest";
import before from "../../../../tests/transcripts/stage-host.json";
import { changed, chapters, type Setting } from "./settings";

test("a choice is sent as the value it stands for, a switch as it stands", () => {
  const slow: Setting = { field: "alternate", name: "", follows: "", choices: [[30, "half a minute"]] };
  const reactions: Setting = { field: "reactions", name: "", follows: "" };

  expect([changed(slow, "30"), changed(reactions, false)]).toEqual([
    { do: "room.set", alternate: 30 },
    { do: "room.set", reactions: false },
  ]);
});

test("every setting of a room stands in the sheet, with its sentence; the rule stands with the queue", () => {
  const elsewhere = ["policy", "cohosts_without"];
  const shown = chapters().flatMap((chapter) => chapter.settings);

  expect([...shown.map((setting) => setting.field), ...elsewhere].sort()).toEqual(
    Object.keys(before.before.room.settings).sort(),
  );
  expect(shown.filter((setting) => setting.follows === "")).toEqual([]);
});
