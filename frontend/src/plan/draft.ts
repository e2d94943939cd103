import { t } from "$/i18n/words.svelte";
import { clock, day } from "$/i18n/times";
import { AGENDA_MAX, TOPIC_MAX } from "$/live/protocol";
import { isZone, momentsOf, nextShown } from "$/i18n/zoned";

export interface Draft {
  title: string;
  description: string;
  later: boolean;
  /** What the clocks of `zone` show when it begins (2027-03-28T20:30), empty while half of it is missing; which of two. */
  local: string;
  zone: string;
  which: Which | null;
  tags: string[];
  agenda: string[];
}

export type Which = "first" | "second";

export interface Faults {
  title?: string;
  start?: string;
  zone?: string;
  tags?: string;
  agenda?: string;
}

const YEAR = 366 * 24 * 3600 * 1000;

/** What stands on the lines of a field, none twice. */
export const linesIn = (text: string): string[] => [
  ...new Set(
    text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  ),
];

/** Why these lines cannot be an agenda; nothing where they can. */
export function agendaFault(lines: string[]): string {
  const reads = (line: string) => line.length <= TOPIC_MAX && !/\p{Cc}/u.test(line.replace(/\s/g, " "));
  if (lines.length <= AGENDA_MAX && lines.every(reads)) return "";
  return t("An agenda has at most 20 lines. Each has 1 to 100 characters, without control characters.");
}

/** A day and an hour as clocks show them; empty where one is missing. */
export const localOf = (date: string, time: string): string =>
  date === "" || time === "" ? "" : `${date}T${time.slice(0, 5)}`;

/** The moment at which the clocks of a zone show this, of two the one that is meant; null where there is none. */
export function startOf(local: string, zone: string, which: Which | null): number | null {
  if (local === "" || !isZone(zone)) return null;
  const moments = momentsOf(local, zone);
  return moments.length < 2
    ? (moments[0] ?? null)
    : which
      ? (moments[which === "first" ? 0 : 1] ?? null)
      : null;
}

/** Whether the clocks of a zone show this twice. */
export const twice = (local: string, zone: string): boolean =>
  local !== "" && isZone(zone) && momentsOf(local, zone).length === 2;

/** Why a room cannot start then; nothing where it can. */
export function startFault(
  { local, zone, which }: Pick<Draft, "local" | "zone" | "which">,
  now: number,
): string {
  if (local === "") return t("Choose a day and an hour.");
  const at = startOf(local, zone, which);
  if (at !== null) return at < now || at > now + YEAR ? t("A room starts within a year from now.") : "";
  if (twice(local, zone)) return t("Clocks are put back then, and show this hour twice. Say which you mean.");
  const next = Date.parse(nextShown(local, zone));
  return t("Clocks are put forward then: there is no such hour. The next is {time}, {day}.", {
    time: clock(next),
    day: day(next, now),
  });
}

const TAGS_MAX = 5;
const TAG_MAX = 30;

/** The words between commas and blanks, without their #, none twice. */
export const tagsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,،、]+/u)
      .map((tag) => tag.replace(/^#+/, "").toLowerCase())
      .filter((tag) => tag !== ""),
  ),
];

/** Why a room cannot have these tags; nothing where it can. */
export function tagsFault(tags: string[]): string {
  const stands = (tag: string) => tag.length <= TAG_MAX && /^[\p{L}\p{M}\p{N}-]+$/u.test(tag);
  if (tags.length <= TAGS_MAX && tags.every(stands)) return "";
  return t("A room has at most 5 tags. Each has 1 to 30 letters, digits and hyphens.");
}

/** What must be mended before a room can be planned, field by field. */
export function faults(draft: Draft, now: number): Faults {
  const found: Faults = {};
  if (draft.title.trim() === "") found.title = t("A title has 1 to 100 characters.");
  const agenda = agendaFault(draft.agenda);
  if (agenda !== "") found.agenda = agenda;
  const tags = tagsFault(draft.tags);
  if (tags !== "") found.tags = tags;
  if (!draft.later) return found;
  if (!isZone(draft.zone)) found.zone = t("There is no time zone of this name.");
  else {
    const fault = startFault(draft, now);
    if (fault !== "") found.start = fault;
  }
  return found;
}
