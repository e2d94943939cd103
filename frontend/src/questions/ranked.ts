import type { Question } from "$/live/protocol";
import type { RoomState } from "$/live/reduce";

export type Tab = "wanted" | "new" | "answered" | "mine";

const TOP = 5;
const MINUTE = 60_000;

/** It waits for an answer, also when the room has ended first. */
export const isOpen = ({ state }: Question): boolean => state === "open" || state === "carried_over";

/** The five most wanted, then those that gather votes fastest: the server's own order of the floor. */
export function wanted(questions: Question[], now: number, liveSince: number | null): Question[] {
  const pace = (question: Question) => {
    const waited = Math.max(0, now - Math.max(question.asked_at, liveSince ?? 0));
    return question.votes / (waited / MINUTE + 1);
  };
  const open = questions.filter(isOpen);
  const ranked = open.sort((a, b) => b.votes - a.votes || earlier(a, b));
  return [...ranked.slice(0, TOP), ...ranked.slice(TOP).sort((a, b) => pace(b) - pace(a) || earlier(a, b))];
}

/** What a tab shows, in its order. */
export function inTab(
  tab: Tab,
  questions: Question[],
  me: string,
  now: number,
  liveSince: number | null,
): Question[] {
  switch (tab) {
    case "wanted":
      return [
        ...questions.filter((question) => question.state === "next"),
        ...wanted(questions, now, liveSince),
      ];
    case "new":
      return questions.filter(isOpen).sort((a, b) => earlier(b, a));
    case "answered":
      return questions
        .filter((question) => question.state === "answered")
        .sort((a, b) => (b.answered_at ?? 0) - (a.answered_at ?? 0));
    case "mine":
      return questions.filter((question) => question.person === me).sort((a, b) => earlier(b, a));
  }
}

/** Every question this page knows; of one's own what oneself sees. */
export function everything(here: RoomState): Question[] {
  const mine = new Set(here.me.questions.map((question) => question.id));
  return [...here.room.questions.filter((question) => !mine.has(question.id)), ...here.me.questions];
}

/** One's own questions, the newest first. */
export function own(here: RoomState): Question[] {
  return inTab("mine", everything(here), here.me.person, 0, null);
}

const earlier = (a: Question, b: Question): number => a.asked_at - b.asked_at || (a.id < b.id ? -1 : 1);
