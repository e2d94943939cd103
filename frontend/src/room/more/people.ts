import { t } from "$/i18n/words.svelte";
import type { Helper } from "$/live/protocol";

/** Somebody the desk can do something about. */
export interface Somebody {
  person: string;
  name: string;
}

/** What a helper is called. */
export function helps(role: Helper["role"]): string {
  return {
    cohost: t("co-host"),
    screener: t("screener"),
    captioner: t("captioner"),
    may_lead: t("may take the chair"),
  }[role];
}
