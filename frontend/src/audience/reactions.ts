import { t } from "$/i18n/words.svelte";
import type { Murmur } from "$/live/fold/state";
import type { React } from "$/live/protocol";

export type Reaction = React["kind"];

/** Each reaction with its sign, in the order of the tray. */
export const SIGNS: Record<Reaction, string> = {
  clap: "clap",
  heart: "heart",
  fire: "flame",
  laugh: "laugh",
  surprise: "wow",
  thumbs_up: "thumbs-up",
};

export const KINDS = Object.keys(SIGNS) as Reaction[];

export function names(): Record<Reaction, string> {
  return {
    clap: t("Clap"),
    heart: t("Heart"),
    fire: t("Fire"),
    laugh: t("Laugh"),
    surprise: t("Surprise"),
    thumbs_up: t("Thumbs up"),
  };
}

const LIVES = 5000;

/** What the room murmurs now: how many of each kind in the last five seconds, the most first. */
export function tally(murmur: Murmur[], now: number): [Reaction, number][] {
  const fresh = murmur.filter((one) => one.at > now - LIVES);
  const sums = KINDS.map((kind): [Reaction, number] => [
    kind,
    fresh.reduce((sum, one) => sum + (one.counts[kind] ?? 0), 0),
  ]);
  return sums.filter(([, n]) => n > 0).sort(([, a], [, b]) => b - a);
}
