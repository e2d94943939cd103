// What a place says of itself in writing.

import { t } from "$/i18n/words.svelte";

export type Paper = "imprint" | "privacy" | "rules";

export const papers = (): Record<Paper, string> => ({
  rules: t("Rules"),
  privacy: t("Privacy"),
  imprint: t("Imprint"),
});
