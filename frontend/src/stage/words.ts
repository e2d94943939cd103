import { t } from "$/i18n/words.svelte";
import type { MeView, Seat } from "$/live/protocol";

export type Grade = MeView["line"];

/** The line under a name: role, or what is the matter. */
export function line(seat: Seat): string {
  if (seat.held) return t("line lost");
  if (seat.aside) return t("speaking backstage");
  if (seat.away) return t("microphone away");
  if (seat.bot) return t("bot");
  const role = { host: t("host"), cohost: t("co-host"), speaker: t("speaker") };
  return role[seat.role];
}

/** How well somebody's sound arrives. */
export function graded(grade: Grade): string {
  return { good: t("good line"), weak: t("weak line"), breaking: t("line breaking") }[grade];
}

/** What a screen reader says after the name. */
export function spokenState(seat: Seat, speaking: boolean): string {
  if (seat.held) return t("line lost");
  if (seat.aside) return t("speaking backstage");
  if (seat.away) return t("microphone away");
  if (speaking) return t("speaking");
  return seat.muted ? t("microphone off") : t("microphone on");
}
