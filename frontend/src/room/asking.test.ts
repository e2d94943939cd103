import { expect, test } from "vitest";
import { given } from "$/live/living";
import type { RoomView } from "$/live/protocol";
import { asking } from "./asking";

const GROUP = { handle: "hives", name: "Keepers of the hives" } as RoomView["group"];

function room(of: Partial<RoomView["settings"]>, group: RoomView["group"] = null): RoomView {
  const { room: view } = given();
  return { ...view, group, settings: { ...view.settings, ...of } };
}

test.each([
  ["guests ask", room({ guests_ask: "read_first" }), "open", "open", "open"],
  ["guests do not ask", room({ guests_ask: "no" }), "accounts", "accounts", "open"],
  [
    "members alone ask",
    room({ who_asks: "members", guests_ask: "no" }, GROUP),
    "members",
    "members",
    "members",
  ],
  ["everyone in a room of a group asks", room({ guests_ask: "no" }, GROUP), "accounts", "accounts", "open"],
  ["a room that left its group", room({ who_asks: "members" }), "open", "open", "open"],
])("where %s", (_, view, nobody, guest, account) => {
  expect([null, { guest: true }, { guest: false }].map((person) => asking(view, person))).toEqual([
    nobody,
    guest,
    account,
  ]);
});
