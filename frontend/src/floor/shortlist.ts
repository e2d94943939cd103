import type { Wanted } from "$/live/line";
import type { Entry, Which } from "$/live/protocol";
import type { Policy } from "./rule";

export const which = (entry: Entry): Which => ({ kind: entry.kind, id: entry.id });

export const same = (one: Which, other: Which): boolean => one.kind === other.kind && one.id === other.id;

export const listed = (entry: Entry): boolean => entry.reasons.some((reason) => reason.why === "shortlisted");

/** The right by which a line is changed in this way: to put in order by hand is more people's than the shortlist. */
export const rightTo = (wanted: Wanted): string =>
  wanted.do === "floor.place" ? "floor.place" : "floor.shortlist";

/** The shortlist as it stands: it lies on top of the queue under every rule. */
export const shortlist = (entries: Entry[]): Entry[] => entries.filter(listed);

const shortlisted = (entry: Entry, on: boolean): Wanted => ({
  do: "floor.shortlist",
  entry: which(entry),
  on,
});

/**
 * How an entry moves one place up (-1) or down (1): on the shortlist, or in a line that goes by hand; null where it
 * cannot. Up from a line that a rule puts in order is onto the shortlist's end, down from that end is off it.
 */
export function moved(entries: Entry[], entry: Entry, by: 1 | -1, policy: Policy): Wanted | null {
  const onList = listed(entries.find((one) => same(one, entry)) ?? entry);
  if (!onList && policy !== "by_hand") return by === -1 ? shortlisted(entry, true) : null;
  const list = entries.filter((one) => listed(one) === onList);
  const at = list.findIndex((one) => same(one, entry));
  if (onList && at + by >= list.length) return shortlisted(entry, false);
  if (at === -1 || at + by < 0 || at + by >= list.length) return null;
  const before = list[by === -1 ? at - 1 : at + 2];
  return {
    do: onList ? "floor.move" : "floor.place",
    entry: which(entry),
    before: before ? which(before) : null,
  };
}

/**
 * How an entry that is dragged onto another comes to its place; null where nothing would change, or the rule decides.
 * In a line that a rule puts in order, dragged up is onto the shortlist, and down from there is off it.
 */
export function dropped(entries: Entry[], entry: Entry, onto: Entry, policy: Policy): Wanted | null {
  if (same(entry, onto)) return null;
  if (!listed(onto) && policy !== "by_hand") return acrossTheRule(entries, entry, onto);
  const command = listed(onto) ? "floor.move" : "floor.place";
  const list = entries.filter((one) => listed(one) === listed(onto));
  const from = list.findIndex((one) => same(one, entry));
  const to = list.findIndex((one) => same(one, onto));
  const before = from !== -1 && from < to ? list[to + 1] : onto;
  return { do: command, entry: which(entry), before: before ? which(before) : null };
}

function acrossTheRule(entries: Entry[], entry: Entry, onto: Entry): Wanted | null {
  const place = (wanted: Entry) => entries.findIndex((one) => same(one, wanted));
  if (listed(entry)) return shortlisted(entry, false);
  return place(onto) < place(entry) ? shortlisted(entry, true) : null;
}
