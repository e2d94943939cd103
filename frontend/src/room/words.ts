import { clock, day, hourThere, languageName } from "$/i18n/times";
import { t } from "$/i18n/words.svelte";
import type { RoomView } from "$/live/protocol";
import { here, isZone, placeOf, shownIn } from "$/i18n/zoned";

/** Whom the room is for; what is held in a private group is for its members, whoever finds it there. */
export function openTo(visibility: RoomView["visibility"], circle = false): string {
  if (visibility === "invited") return t("for invited people");
  if (circle || visibility === "group") return t("for members");
  return visibility === "public" ? t("Open to everyone") : t("By link only");
}

export const spokenIn = (language: string): string => languageName(language);

/** Whether a room is over: it has been, or will not be. */
export const isOver = (phase: RoomView["phase"]): boolean =>
  phase === "ended" || phase === "cancelled" || phase === "missed";

/** When a room begins, in words: by the reader's clocks, and by those it is planned by where they show otherwise. */
export function begins(at: number | null, zone: string | null = null): string {
  if (at === null) return t("It begins when the host goes live.");
  const said = t("It begins {day} at {time}.", { day: day(at), time: clock(at) });
  const there = zone === null ? null : elsewhere(at, zone);
  return there === null ? said : `${said} ${there}`;
}

/** The hour in another zone: "In Tokyo it is 3:30 then, Friday." Nothing where clocks here show the same. */
export function elsewhere(at: number, zone: string): string | null {
  if (!isZone(zone) || shownIn(at, zone) === shownIn(at, here())) return null;
  const there = hourThere(at, zone);
  return t("By the clocks of {zone} that is {time}.", { zone: placeOf(zone), time: there });
}
