import { expect, test } from "vitest";
import type { RoomState } from "$/live/reduce";
import { later } from "./later";

const heard = (more: object = {}, seats: string[] = []) =>
  later({
    desk: null,
    me: { person: "nour", backstage: null },
    room: { seats: seats.map((person) => ({ person })), settings: { safety_delay: 10 } },
    ...more,
  } as unknown as RoomState);

test("the audience hears a room so much later", () => {
  expect(heard({}, ["karim"])).toBe(10);
});

test("who is on stage, backstage or leads hears it at once", () => {
  const backstage = { me: { person: "nour", backstage: { since: 1 } } };

  expect([heard({}, ["nour"]), heard({ desk: {} }), heard(backstage)]).toEqual([0, 0, 0]);
});
