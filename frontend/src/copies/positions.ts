import type { Chapter } from "./api";

/** Places in a copy. They are milliseconds from its beginning; addresses and fields write them as 21:12. */

const WRITTEN = /^(?:(\d{1,2}):)?(\d{1,3}):(\d{2})$|^(\d+)$/;

/** What somebody typed as a time: 21:12, 1:02:30 or plain seconds; null where it is none. */
export function read(typed: string): number | null {
  const found = WRITTEN.exec(western(typed.trim()));
  if (!found) return null;
  const [, hours = "0", minutes = "0", seconds = "0", plain] = found;
  if (plain !== undefined) return Number(plain) * 1000;
  if (Number(seconds) > 59) return null;
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}

/** Arabic keyboards write the same digits in another shape. */
const western = (typed: string) => typed.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660));

/** The place an address leads to (`#t=21:12`), or null. */
export const fromHash = (hash: string): number | null => {
  const found = /^#t=([\d:]+)$/.exec(hash);
  return found?.[1] === undefined ? null : read(found[1]);
};

export const within = (place: number, length: number): number => Math.max(0, Math.min(length, place));

/** The chapters that are heard, in their order. */
export const heard = (chapters: Chapter[]): Chapter[] => chapters.filter((one) => !one.hidden);

/** The chapter a place lies in: the last that has begun. */
export const chapterAt = (chapters: Chapter[], place: number): Chapter | null =>
  heard(chapters).findLast((one) => one.begins <= place) ?? null;

/** Who presses "back" soon after a chapter began means the one before it. */
const SOON = 3000;

/** Where the next chapter begins, or the one before; null behind the last. */
export function turned(chapters: Chapter[], place: number, by: 1 | -1): number | null {
  const begins = heard(chapters).map((one) => one.begins);
  if (by === 1) return begins.find((at) => at > place) ?? null;
  return begins.findLast((at) => at < place - SOON) ?? 0;
}

/** How many numbered answers there are. */
export const answers = (chapters: Chapter[]): number =>
  heard(chapters).filter((one) => one.n !== null).length;

export const SPEEDS = [1, 1.25, 1.5, 2] as const;

/** The speed beside this one; from the last a press goes on to the first, a key stays. */
export function speed(now: number, by: 1 | -1, round = false): number {
  const at = SPEEDS.findIndex((one) => one === now) + by;
  if (round) return SPEEDS[at % SPEEDS.length] ?? 1;
  return SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at))] ?? 1;
}
