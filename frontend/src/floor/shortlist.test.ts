import { expect, test } from "vitest";
import type { Entry } from "$/live/protocol";
import { dropped, moved, rightTo } from "./shortlist";

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
  expect(moved(QUEUE, ben, -1, "votes")).toEqual({
    do: "floor.move",
    entry: hand("ben"),
    before: hand("ada"),
  });
  expect(moved(QUEUE, ada, 1, "votes")).toEqual({
    do: "floor.move",
    entry: hand("ada"),
    before: hand("cleo"),
  });
  expect(moved(QUEUE, ben, 1, "votes")).toEqual({ do: "floor.move", entry: hand("ben"), before: null });
});

test("up from the line is onto the list, down from its end is off it, and the rule decides the rest", () => {
  const onto = (on: boolean, id: string) => ({ do: "floor.shortlist", entry: hand(id), on });

  expect(moved(QUEUE, dan, -1, "votes")).toEqual(onto(true, "dan"));
  expect(moved(QUEUE, cleo, 1, "votes")).toEqual(onto(false, "cleo"));
  expect([moved(QUEUE, ada, -1, "votes"), moved(QUEUE, dan, 1, "votes")]).toEqual([null, null]);
});

test("dragged up within the line is onto the list, dragged from the list to the line is off it", () => {
  const line = [...QUEUE, entry("eve", false)];
  const eve = line[4] as Entry;

  expect(dropped(line, eve, dan, "votes")).toEqual({ do: "floor.shortlist", entry: hand("eve"), on: true });
  expect(dropped(line, ada, dan, "votes")).toEqual({ do: "floor.shortlist", entry: hand("ada"), on: false });
});

test("in a line that goes by hand, what is not on the shortlist moves too, and stays behind it", () => {
  const line = [...QUEUE, entry("eve", false)];
  const eve = line[4] as Entry;

  expect(moved(line, eve, -1, "by_hand")).toEqual({
    do: "floor.place",
    entry: hand("eve"),
    before: hand("dan"),
  });
  expect(moved(line, dan, 1, "by_hand")).toEqual({ do: "floor.place", entry: hand("dan"), before: null });
  expect([moved(line, dan, -1, "by_hand"), moved(line, eve, 1, "by_hand")]).toEqual([null, null]);
});

test("what is dragged takes the place of what it is dropped on", () => {
  const line = [...QUEUE, entry("eve", false)];
  const eve = line[4] as Entry;

  expect(dropped(line, eve, dan, "by_hand")).toEqual({
    do: "floor.place",
    entry: hand("eve"),
    before: hand("dan"),
  });
  expect(dropped(line, dan, eve, "by_hand")).toEqual({ do: "floor.place", entry: hand("dan"), before: null });
  expect(dropped(line, ada, ben, "votes")).toEqual({
    do: "floor.move",
    entry: hand("ada"),
    before: hand("cleo"),
  });
  expect(dropped(line, dan, ada, "votes")).toEqual({
    do: "floor.move",
    entry: hand("dan"),
    before: hand("ada"),
  });
  expect(dropped(line, ada, eve, "by_hand")).toEqual({
    do: "floor.place",
    entry: hand("ada"),
    before: hand("eve"),
  });
  expect([dropped(line, dan, eve, "votes"), dropped(line, dan, dan, "by_hand")]).toEqual([null, null]);
});

test("to put in order by hand is a right apart from the shortlist", () => {
  const eve = entry("eve", false);
  const rights = [moved([...QUEUE, eve], eve, -1, "by_hand"), moved(QUEUE, ben, -1, "by_hand")].map(
    (wanted) => wanted && rightTo(wanted),
  );
  expect(rights).toEqual(["floor.place", "floor.shortlist"]);
});
