import { t } from "$/i18n/words.svelte";

export interface Draft {
  title: string;
  description: string;
  later: boolean;
  startsAt: number | null;
}

export interface Faults {
  title?: string;
  start?: string;
}

const YEAR = 366 * 24 * 3600 * 1000;

/** The moment of a day and an hour here, in milliseconds; null where one is missing. */
export function startOf(date: string, time: string): number | null {
  if (date === "" || time === "") return null;
  const at = new Date(`${date}T${time}`).getTime();
  return Number.isNaN(at) ? null : at;
}

/** What must be mended before a room can be planned, field by field. */
export function faults(draft: Draft, now: number): Faults {
  const found: Faults = {};
  if (draft.title.trim() === "") found.title = t("A title has 1 to 100 characters.");
  if (!draft.later) return found;
  if (draft.startsAt === null) found.start = t("Choose a day and an hour.");
  else if (draft.startsAt < now || draft.startsAt > now + YEAR)
    found.start = t("A room starts within a year from now.");
  return found;
}
