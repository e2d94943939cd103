import { count } from "$/i18n/words.svelte";

/** How long a room is expected to take, in minutes, as hosts choose it. */
export const LENGTHS = [30, 45, 60, 90, 120, 180, 240, 360] as const;

/** Where nothing else is planned. */
export const USUAL = 90;

export const minutes = (n: number): string => count(n, "{n} minute", "{n} minutes");
