import { t } from "$/i18n/words.svelte";
import { AGENDA_MAX, TOPIC_MAX } from "$/live/protocol";

export interface Draft {
  title: string;
  description: string;
  later: boolean;
  startsAt: number | null;
  speakers: string[];
  agenda: string[];
}

export interface Faults {
  title?: string;
  start?: string;
  speakers?: string;
  agenda?: string;
}

const YEAR = 366 * 24 * 3600 * 1000;

const NAME_MAX = 60;
const SPEAKERS_MAX = 50;

/** What stands on the lines of a field (who speaks along, what is spoken of), none twice. */
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
  if (draft.speakers.some((name) => name.length > NAME_MAX))
    found.speakers = t("A name has 1 to 60 characters.");
  else if (draft.speakers.length > SPEAKERS_MAX) found.speakers = t("A room has at most 50 speaker links.");
  const agenda = agendaFault(draft.agenda);
  if (agenda !== "") found.agenda = agenda;
  if (!draft.later) return found;
  if (draft.startsAt === null) found.start = t("Choose a day and an hour.");
  else if (draft.startsAt < now || draft.startsAt > now + YEAR)
    found.start = t("A room starts within a year from now.");
  return found;
}
