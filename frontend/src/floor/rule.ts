import { t } from "$/i18n/words.svelte";
import type { RoomSettings } from "$/live/protocol";

export type Policy = RoomSettings["policy"];

/** Each policy of the queue: what it is called, and its rule in one sentence. The whole room sees it. */
export function rules(): Record<Policy, [name: string, sentence: string]> {
  return {
    votes: [
      t("Questions and hands in turn."),
      t("The most wanted question, then the longest-raised hand, and so on. The whole room sees this rule."),
    ],
    in_turn: [
      t("First come, first served."),
      t("Questions and hands in one line, by how long they have waited. The whole room sees this rule."),
    ],
  };
}
