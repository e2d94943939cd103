/** A line of the audit log as a sentence, in pieces: names and titles stand apart, so that each can be shown as one. */

import { t } from "$/i18n/words.svelte";
import type { AuditLine } from "./api";

export interface Piece {
  text: string;
  /** What it names; nothing of the words between. */
  of: string | null;
}

/** The sentence in the reader's language, with what people, rooms and groups are called now. */
export function pieces(line: AuditLine): Piece[] {
  const names: Record<string, string> = {
    by: line.name ?? t("Somebody who has gone"),
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
