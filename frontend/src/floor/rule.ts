import { count, t } from "$/i18n/words.svelte";
import type { Fell, RoomSettings } from "$/live/protocol";

export type Policy = RoomSettings["policy"];

type Alternate = RoomSettings["alternate"];

/** Each policy of the queue: what it is called, and its rule in one sentence. The whole room sees it. */
export function rules(alternate: Alternate): Record<Policy, [name: string, sentence: string]> {
  const byVotes: Record<Alternate, [string, string]> = {
    "1:1": [
      t("Questions and hands in turn."),
      t("The most wanted question, then the longest-raised hand, and so on."),
    ],
    "3:1": [
      t("Three questions, then a hand."),
      t("Three of the most wanted questions, then the longest-raised hand, and so on."),
    ],
    questions_first: [
      t("Questions first."),
      t("The most wanted questions first, then hands by how long they have been up."),
    ],
    hands_first: [
      t("Hands first."),
      t("Hands first, by how long they have been up, then the most wanted questions."),
    ],
  };
  return {
    votes: byVotes[alternate],
    in_turn: [
      t("First come, first served."),
      t("Questions and hands in one line, by how long they have waited."),
    ],
    by_hand: [t("By hand."), t("In the order the hosts give it; what is new comes at the end.")],
    fair: [
      t("Everybody once, then again."),
      t("Who has not spoken yet first, then who spoke least, then who has waited longest."),
    ],
  };
}

/** Why one's place is further back than it was. */
export function whyFell({ why, n }: Fell): string {
  switch (why) {
    case "rule":
      return t("The host changed the rule.");
    case "shortlisted":
      return count(n, "The host put {n} before you.", "The host put {n} before you.");
    case "placed":
      return count(n, "The host put {n} before you.", "The host put {n} before you.");
    case "came_back":
      return count(n, "{n} who had a place before you is back.", "{n} who had places before you are back.");
    case "votes":
      return count(n, "{n} question got more votes.", "{n} questions got more votes.");
    case "turns":
      return t("Questions and hands take turns.");
    case "heard_less":
      return count(
        n,
        "{n} who has been heard less comes before you.",
        "{n} who have been heard less come before you.",
      );
  }
}
