/** A line of a log as a sentence, in pieces: names and titles stand apart, so that each can be shown as one. */

import { t } from "$/i18n/words.svelte";

/** A use of power. `says`: its sentence in English, with gaps; `name`, `of`: who did it, and on whom, where known;
 *  `itself`: what did it, in English, if no person did. */
export interface Done {
  verb: string;
  says: string;
  name: string | null;
  itself: string | null;
  of: string | null;
  room: string | null;
  title: string | null;
  group: string | null;
}

export interface Piece {
  text: string;
  /** What it names; nothing of the words between. */
  of: string | null;
}

/** The sentence in the reader's language, with what people, rooms and groups are called now. */
export function pieces(line: Done): Piece[] {
  const names: Record<string, string> = {
    by: line.name ?? (line.itself ? t(line.itself) : t("Somebody who has gone")),
    of: line.of ?? t("somebody"),
    room: line.title ?? "",
    group: line.group ?? "",
    verb: line.verb,
  };
  return t(line.says)
    .split(/\{(\w+)\}/)
    .map((part, n) => (n % 2 === 0 ? { text: part, of: null } : { text: names[part] ?? "", of: part }))
    .filter((piece) => piece.text !== "");
}
