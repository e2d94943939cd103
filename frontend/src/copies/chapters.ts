import { t } from "$/i18n/words.svelte";
import type { Chapter } from "./api";

/** What a chapter is called; the beginning of an evening may have no title. */
export const titled = (chapter: Chapter): string => chapter.title || kindOf(chapter);

/** What a chapter is that answers no numbered question. */
export function kindOf(chapter: Chapter): string {
  const kinds: Record<Chapter["kind"], string> = {
    answer: t("Answer"),
    topic: t("Topic"),
    opening: t("Opening"),
    later: t("Answered later"),
  };
  return kinds[chapter.kind];
}
