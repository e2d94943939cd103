import { spoken } from "$/i18n/words.svelte";

/** Names as one says them: Ada, Ben and Céleste. */
export const listed = (names: string[]): string =>
  new Intl.ListFormat(spoken() === "en" ? "en-GB" : spoken(), { type: "conjunction" }).format(names);
