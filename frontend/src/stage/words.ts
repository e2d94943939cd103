import { t } from "$/i18n/words.svelte";
import type { Seat } from "$/live/protocol";

/** The line under a name: role, or what is the matter. */
export function line(seat: Seat): string {
  if (seat.held) return t("line lost");
  if (seat.aside) return t("speaking backstage");
  if (seat.away) return t("microphone away");
  if (seat.bot) return t("bot");
  const role = { host: t("host"), cohost: t("co-host"), speaker: t("speaker") };
  return role[seat.role];
}

/** What a screen reader says after the name. */
export function spokenState(seat: Seat, speaking: boolean): string {
  if (seat.held) return t("line lost");
  if (seat.aside) return t("speaking backstage");
  if (seat.away) return t("microphone away");
  if (speaking) return t("speaking");
  return seat.muted ? t("microphone off") : t("microphone on");
}
