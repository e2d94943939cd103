import { expect, test } from "vitest";
import { changed, type Setting } from "./settings";

test("a choice is sent as the value it stands for, a switch as it stands", () => {
  const slow: Setting = { field: "alternate", name: "", follows: "", choices: [[30, "half a minute"]] };
  const reactions: Setting = { field: "reactions", name: "", follows: "" };

  expect([changed(slow, "30"), changed(reactions, false)]).toEqual([
    { do: "room.set", alternate: 30 },
    { do: "room.set", reactions: false },
  ]);
});
