import { t } from "$/i18n/words.svelte";
import type { Question, QuestionDismiss } from "$/live/protocol";
import type { RoomState } from "$/live/reduce";

export type Reason = QuestionDismiss["reason"];

/** Why a question is not taken, in the words its asker reads. */
export function reasons(): Record<Reason, string> {
  return {
    answered_before: t("It was answered before"),
    off_topic: t("It is about something else"),
    unclear: t("It is not clear what is asked"),
    not_a_question: t("It is no question"),
    against_the_rules: t("It is against the rules"),
    no_time: t("There is no time for it"),
  };
}

/** Why a question is read first. */
export function held(question: Question): string {
  if (question.held === "words") return t("has a word from the list");
  return question.held === "guest" ? t("asked by a guest") : "";
}

/** What the desk sees: what the room sees, and over it what only the desk may know. */
export function atDesk(here: RoomState): Question[] {
  const own = here.desk?.questions ?? [];
  const known = new Set(own.map((question) => question.id));
  return [...own, ...here.room.questions.filter((question) => !known.has(question.id))];
}

export type DeskTab = "line" | "pending" | "dismissed" | "answered";

/** The questions of a tab of the desk, in the order they are dealt with. */
export function inDeskTab(tab: DeskTab, questions: Question[]): Question[] {
  const of = questions.filter((question) => question.state === tab);
  const lastFirst = (a: Question, b: Question) =>
    (b.answered_at ?? b.asked_at) - (a.answered_at ?? a.asked_at);
  return tab === "pending" ? of.sort((a, b) => a.asked_at - b.asked_at) : of.sort(lastFirst);
}

const UNDO = 10_000;

/** What was answered in the last ten seconds: hosts can take that back. */
export function justAnswered(here: RoomState, now: number): Question | undefined {
  return inDeskTab("answered", here.room.questions).find(
    (question) => (question.answered_at ?? 0) > now - UNDO,
  );
}
