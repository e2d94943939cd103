import { t } from "$/i18n/words.svelte";
import type { Visibility } from "./api";

export const VISIBILITIES: Visibility[] = ["private", "unlisted", "published"];

/** What each choice of who may see a copy is called, and means. */
export function meaning(visibility: Visibility): { name: string; hint: string; icon: string } {
  const all = {
    private: {
      name: t("Private"),
      hint: t("Hosts and co-hosts alone. Links you handed out open nothing any more."),
      icon: "lock",
    },
    unlisted: {
      name: t("Unlisted"),
      hint: t("Whoever has the link. It stands in no list and no feed, and search engines leave it out."),
      icon: "link",
    },
    published: {
      name: t("Published"),
      hint: t(
        "Everybody who may see the room. Each answer has its own page, and the podcast feed brings it.",
      ),
      icon: "globe",
    },
  };
  return all[visibility];
}
