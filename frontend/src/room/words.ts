import { clock, day, languageName } from "$/i18n/times";
import { t } from "$/i18n/words.svelte";
import type { RoomView } from "$/live/protocol";

/** Who may find the room. */
export const openTo = (visibility: "public" | "unlisted"): string =>
  visibility === "public" ? t("Open to everyone") : t("By link only");

export const spokenIn = (language: string): string => languageName(language);

/** Whether a room is over: it has been, or will not be. */
export const isOver = (phase: RoomView["phase"]): boolean =>
  phase === "ended" || phase === "cancelled" || phase === "missed";

/** When a room begins, in words. */
export function begins(at: number | null): string {
  if (at === null) return t("It begins when the host goes live.");
  return t("It begins {day} at {time}.", { day: day(at), time: clock(at) });
}
