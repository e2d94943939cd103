import { formatter } from "./formatters";
import { count, number, spoken, t } from "./words.svelte";

const MINUTE = 60_000;

/** How long something has lasted: 3:12, or 1:02:09. */
export function lasted(milliseconds: number): string {
  const all = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** How long something is, for the eye: 1 h 24 min, 19 min, 48 s. */
export function long(length: number): string {
  const seconds = Math.round(length / 1000);
  if (seconds < 60) return t("{n} s", { n: seconds });
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return count(minutes, "{n} min", "{n} min");
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return rest === 0 ? t("{hours} h", { hours }) : t("{hours} h {minutes} min", { hours, minutes: rest });
}

/** How long ago, in whole minutes; "just now" below one. */
export function age(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / MINUTE);
  return minutes < 1 ? t("just now") : count(minutes, "{n} min", "{n} min");
}

/** How a place is written where a number alone is not one, by the ordinal category of the number. */
const ENDINGS: Record<string, Partial<Record<Intl.LDMLPluralRule, string>>> = {
  en: { one: "st", two: "nd", few: "rd", other: "th" },
  fr: { one: "er", other: "e" },
};

/** A place in a queue as people say it: 3rd. */
export function place(n: number): { number: string; ending: string } {
  const category = formatter(Intl.PluralRules, spoken(), { type: "ordinal" }).select(n);
  return { number: number(n), ending: ENDINGS[spoken()]?.[category] ?? "" };
}

/** Where a language is written in more than one way, ours: British English, as everything the page says. */
const written = (): string => (spoken() === "en" ? "en-GB" : spoken());

/** An hour as the reader writes it: 20:30. */
export const clock = (at: number): string =>
  formatter(Intl.DateTimeFormat, written(), { hour: "numeric", minute: "2-digit" }).format(at);

/** A weekday and an hour by the clocks of another zone: Friday, 3:30. */
export const hourThere = (at: number, zone: string): string =>
  formatter(Intl.DateTimeFormat, written(), {
    weekday: "long",
    hour: "numeric",
    minute: "2-digit",
    timeZone: zone,
  }).format(at);

/** Today, tomorrow, a weekday within six days, else a date. */
export function day(at: number, now = Date.now()): string {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(at) - midnight(now)) / (24 * 60 * MINUTE));
  if (days === 0) return t("today");
  if (days === 1) return t("tomorrow");
  const near = days > 1 && days < 7;
  return formatter(
    Intl.DateTimeFormat,
    written(),
    near ? { weekday: "long" } : { day: "numeric", month: "long" },
  ).format(at);
}

export function languageName(code: string): string {
  try {
    return formatter(Intl.DisplayNames, spoken(), { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** A day that may lie far back, in little room: 22 Nov 2026. */
export const dated = (at: number): string =>
  formatter(Intl.DateTimeFormat, written(), { day: "numeric", month: "short", year: "numeric" }).format(at);

/** A day as it is remembered: Thursday 20 November, with the year where it is another one. */
export function date(at: number, now = Date.now()): string {
  const past = new Date(at).getFullYear() !== new Date(now).getFullYear();
  return formatter(Intl.DateTimeFormat, written(), {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(past ? { year: "numeric" } : {}),
  }).format(at);
}
