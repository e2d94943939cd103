import { expect, test } from "vitest";
import before from "../../../../tests/transcripts/stage-host.json";
import type { RoomSettings } from "$/live/protocol";
import { changed, chapters, type Setting } from "./settings";

const EVERY: RoomSettings["recording"][] = ["each", "condition", "off"];

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
  const shown = chapters(EVERY, true).flatMap((chapter) => chapter.settings);

  expect([...shown.map((setting) => setting.field), ...elsewhere].sort()).toEqual(
    Object.keys(before.before.room.settings).sort(),
  );
  expect(shown.filter((setting) => setting.follows === "")).toEqual([]);
});

test("what the charter of its group refuses is not offered, and it is said why", () => {
  const shown = (can: typeof EVERY) =>
    chapters(can, false).find((chapter) => chapter.heading === "Recording");
  const offered = (can: typeof EVERY) =>
    shown(can)?.settings.map((one) => [one.field, one.choices?.map(([value]) => value)]);

  expect(offered(EVERY)).toEqual([
    ["recording", ["off", "each", "condition"]],
    ["record_from_start", undefined],
  ]);
  expect(offered(["each", "condition"])).toEqual([["recording", ["each", "condition"]]]);
  expect(offered(["off"])).toEqual([]);
  expect(
    [EVERY, ["each", "condition"] as const, ["off"] as const].map((can) => Boolean(shown([...can])?.why)),
  ).toEqual([false, true, true]);
});
