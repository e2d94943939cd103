import { lasted, long } from "$/i18n/times";
import { count, number, spoken, t } from "$/i18n/words.svelte";

/** A place as it is read out: 21 minutes 12 seconds. */
export function aloud(place: number): string {
  const all = Math.max(0, Math.floor(place / 1000));
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const said = [
    hours > 0 ? count(hours, "{n} hour", "{n} hours") : "",
    minutes > 0 ? count(minutes, "{n} minute", "{n} minutes") : "",
    seconds > 0 || all === 0 ? count(seconds, "{n} second", "{n} seconds") : "",
  ];
  return said.filter(Boolean).join(" ");
}

/** Where the head of the score stands: 21 minutes 12 seconds, chapter 2. */
export function stands(place: number, chapter: number | null): string {
  const time = aloud(place);
  return chapter === null ? time : t("{time}, chapter {n}", { time, n: chapter });
}

/** A short length to the second: 1 min 20, 48 s. */
export function exact(length: number): string {
  const seconds = Math.round(length / 1000);
  if (seconds < 60 || seconds >= 3600 || seconds % 60 === 0) return long(length);
  return t("{minutes} min {seconds}", {
    minutes: Math.floor(seconds / 60),
    seconds: number(seconds % 60).padStart(2, number(0)),
  });
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** How large a file is: 58 MB. */
export function size(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.max(1, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const shown = bytes / 1000 ** step;
  return new Intl.NumberFormat(spoken(), {
    style: "unit",
    unit: UNITS[step] ?? "byte",
    maximumFractionDigits: shown < 10 ? 1 : 0,
  }).format(shown);
}

/** Times run left to right in every language. */
export const at = (place: number): string => lasted(place);
