import type { Entry, FloorMove, Which } from "$/live/protocol";

export const which = (entry: Entry): Which => ({ kind: entry.kind, id: entry.id });

const listed = (entry: Entry): boolean => entry.reasons.some((reason) => reason.why === "shortlisted");

/** The shortlist as it stands: it lies on top of the queue under every rule. */
export const shortlist = (entries: Entry[]): Entry[] => entries.filter(listed);

/** How an entry of the shortlist moves one place up (-1) or down (1); null where it cannot. */
export function moved(entries: Entry[], entry: Entry, by: 1 | -1): Omit<FloorMove, "id"> | null {
  const list = shortlist(entries);
  const at = list.findIndex((one) => one.kind === entry.kind && one.id === entry.id);
  if (at === -1 || at + by < 0 || at + by >= list.length) return null;
  const before = list[by === -1 ? at - 1 : at + 2];
  return { do: "floor.move", entry: which(entry), before: before ? which(before) : null };
}
