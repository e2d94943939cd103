import { expect, test } from "vitest";
import type { RoomState } from "$/live/reduce";
import { mayAgainst } from "./against";

const HELPERS = [
  { person: "samuel", role: "cohost" },
  { person: "ines", role: "cohost" },
  { person: "yuki", role: "screener" },
];
const seenBy = (role: string) =>
  ({ me: { role }, room: { host_person: "aurelie" }, desk: { helpers: HELPERS } }) as unknown as RoomState;
const dealtWith = (role: string, admin = false) =>
  ["aurelie", "samuel", "yuki", "nour"].filter((person) => mayAgainst(seenBy(role), person, admin));

test("a co-host is shown nothing against the host or another co-host", () => {
  expect(dealtWith("cohost")).toEqual(["yuki", "nour"]);
});

test("the host deals with everybody, and so does who runs the place", () => {
  expect(dealtWith("host")).toEqual(["aurelie", "samuel", "yuki", "nour"]);
  expect(dealtWith("cohost", true)).toEqual(["aurelie", "samuel", "yuki", "nour"]);
});
