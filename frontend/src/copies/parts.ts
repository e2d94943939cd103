import { t } from "$/i18n/words.svelte";

/** What of a copy is being made just now, in words. */
export function partOf(part: string | null): string {
  const parts: Record<string, string> = {
    plan: t("The chapters are laid out"),
    pictures: t("The cover and the pictures"),
    sound: t("The sound, levelled and cut into chapters"),
    words: t("The transcript and the notes"),
    answers: t("Each answer as a file of its own"),
    video: t("The video"),
    kit: t("The press kit"),
  };
  return parts[part ?? ""] ?? t("It waits for its turn");
}

/** How much is done in quarters, for those who hear it. */
export const quarter = (share: number): number => Math.floor(share * 4) * 25;
