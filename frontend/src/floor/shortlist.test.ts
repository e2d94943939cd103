import { expect, test } from "vitest";
import type { Entry } from "$/live/protocol";
import { moved } from "./shortlist";

const entry = (id: string, listed: boolean): Entry => ({
  kind: "hand",
  id,
  person: id,
  name: id,
  here: true,
  reasons: listed ? [{ why: "shortlisted", n: 1 }] : [],
  waiting_since: 0,
  votes: 0,
  deck: null,
});

const QUEUE = [entry("ada", true), entry("ben", true), entry("cleo", true), entry("dan", false)];
const hand = (id: string) => ({ kind: "hand" as const, id });
const [ada, ben, cleo, dan] = QUEUE as [Entry, Entry, Entry, Entry];

test("one place up goes before the one above, one place down before the one after next", () => {
  expect(moved(QUEUE, ben, -1)).toEqual({ do: "floor.move", entry: hand("ben"), before: hand("ada") });
  expect(moved(QUEUE, ada, 1)).toEqual({ do: "floor.move", entry: hand("ada"), before: hand("cleo") });
  expect(moved(QUEUE, ben, 1)).toEqual({ do: "floor.move", entry: hand("ben"), before: null });
});

test("the first goes no further up, the last no further down, and who is not on the list does not move", () => {
  expect([moved(QUEUE, ada, -1), moved(QUEUE, cleo, 1), moved(QUEUE, dan, -1)]).toEqual([null, null, null]);
});
