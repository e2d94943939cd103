import { t } from "$/i18n/words.svelte";
import type { Helper, Seat } from "$/live/protocol";
import { line } from "$/stage/words";

/** Somebody the desk can do something about. */
export interface Somebody {
  person: string;
  name: string;
}

/** What a helper is called. */
export function helps(role: Helper["role"]): string {
  return {
    cohost: t("co-host"),
    screener: t("screener"),
    captioner: t("captioner"),
    may_lead: t("may take the chair"),
  }[role];
}

/** What the desk says under a name on stage: what is the matter with the microphone, else the role. */
export function matter(seat: Seat): string {
  if (seat.held || seat.aside) return line(seat);
  if (seat.away) return t("microphone away");
  if (seat.kept) return t("kept muted");
  return seat.wished ? t("asked to unmute") : line(seat);
}
