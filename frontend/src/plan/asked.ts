import { call, type RoomCard } from "$/accounts/api";
import { t } from "$/i18n/words.svelte";

export type Part = "speaker" | "cohost" | "listener";

/** What somebody is asked to be. */
export const partName = (part: Part): string =>
  ({ speaker: t("speaker"), cohost: t("co-host"), listener: t("listener") })[part];

/** What one is told of it oneself. */
export const askedTo = (part: Part): string =>
  ({
    speaker: t("You are asked to speak here."),
    cohost: t("You are asked to lead this room along."),
    listener: t("You are invited to listen here."),
  })[part];

/** Whom one asks to take part: a handle with its @, an e-mail address, or the name of who is handed the link. */
export interface Wanted {
  to: string;
  role: Part;
  shown: boolean;
}

/** Somebody who was asked, as hosts see it. `url` and `code` (its picture to scan) are told once. */
export interface Asked {
  id: string;
  name: string;
  role: Part;
  shown: boolean;
  answer: "open" | "accepted" | "declined";
  portrait: string | null;
  /** Whether a letter with the link is on its way, goes out when the room is announced, or waits for who hands it over. */
  mailed?: "no" | "now" | "later" | "by_hand";
  url?: string;
  code?: string;
}

/** Who takes part beside the host, and what one was asked oneself. */
export interface With {
  people: { name: string; role: Part; portrait: string | null }[];
  mine: { role: Part; answer: Asked["answer"] } | null;
}

/** What becomes of the letter to somebody; nothing where none is sent. */
export function mailed(one: Asked): string {
  if (one.mailed === "now") return t("A letter with this link is on its way.");
  if (one.mailed === "by_hand")
    return t(
      "This place sends no letters: hand over this link. Those who run it find it in their outbox, too, once the room is announced.",
    );
  return one.mailed === "later" ? t("A letter with this link goes out when the room is announced.") : "";
}

const of = (room: string, rest: string) => `/rooms/${encodeURIComponent(room)}/${rest}`;

export const asked = {
  ask: (room: string, wanted: Wanted) => call<Asked>("POST", of(room, "asked"), wanted),
  every: (room: string) => call<Asked[]>("GET", of(room, "asked")),
  takeBack: (room: string, id: string) => call<void>("DELETE", of(room, `asked/${id}`)),
  with: (room: string) => call<With>("GET", of(room, "with")),
  answer: (room: string, yes: boolean) => call<void>("PUT", of(room, "with/me"), { yes }),
  look: (token: string) =>
    call<{ room: string; card: RoomCard; name: string; role: Part; answer: Asked["answer"] }>(
      "GET",
      `/asked/${encodeURIComponent(token)}`,
    ),
  answerByLink: (token: string, yes: boolean) =>
    call<void>("POST", `/asked/${encodeURIComponent(token)}`, { yes }),
};
