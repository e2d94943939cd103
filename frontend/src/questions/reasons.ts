import { t } from "$/i18n/words.svelte";
import type { Question } from "$/live/protocol";

export type Dismissal = NonNullable<Question["reason"]>;

/** Why a question is not taken: what the desk chooses, and what its asker reads. */
export function reasons(): Record<Dismissal, string> {
  return {
    answered_before: t("It has been answered already"),
    off_topic: t("It leads away from the topic"),
    unclear: t("It is not clear what is asked"),
    not_a_question: t("It is not a question"),
    against_the_rules: t("It is against the rules of the room"),
    no_time: t("There is no time for it"),
  };
}
