// What those who run the place decided about somebody, and answering to it.
import { t } from "$/i18n/words.svelte";
import { call, Fault } from "./api";

export type DecisionKind =
  "account.suspend" | "room.end" | "room.hide" | "copy.hide" | "group.suspend" | "group.delete";

export interface Appeal {
  id: string;
  text: string;
  at: number;
  granted: boolean | null;
  answer: string | null;
  answered_at: number | null;
}

/** `holds`: it has not run out and was not undone; `final`: it cannot be. */
export interface Decision {
  id: string;
  kind: DecisionKind;
  title: string;
  path: string;
  reason: string;
  at: number;
  until: number | null;
  undone_at: number | null;
  undone_reason: string | null;
  holds: boolean;
  final: boolean;
  may_appeal: boolean;
  appeals: Appeal[];
}

/** The same at the door, with a paper to answer with. */
export interface Suspension extends Decision {
  paper: string;
}

/** What keeps somebody out who has shown who they are. */
export function suspensionOf(why: unknown): Suspension | null {
  return why instanceof Fault && why.code === "account.suspended"
    ? (why.said.suspension as Suspension)
    : null;
}

export const decided = (): Record<DecisionKind, string> => ({
  "account.suspend": t("The account was suspended"),
  "room.end": t("The room was ended"),
  "room.hide": t("The room was taken off the lists"),
  "copy.hide": t("The copy was made private"),
  "group.suspend": t("The group was suspended"),
  "group.delete": t("The group is to be deleted"),
});

export const decisions = {
  own: () => call<Decision[]>("GET", "/me/decisions"),
  appeal: (id: string, text: string) =>
    call<Appeal>("POST", `/me/decisions/${encodeURIComponent(id)}/appeal`, { text }),
  appealAtDoor: (paper: string, text: string) => call<Appeal>("POST", "/suspension/appeal", { paper, text }),
};
