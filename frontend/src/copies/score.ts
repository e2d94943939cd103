import type { Chapter, Speaker } from "./api";
import { heard } from "./positions";

/** A stretch of sound on a lane, in hundredths of the copy's length. */
export interface Stretch {
  from: number;
  wide: number;
}

export interface Lane {
  /** Whom it is about: one, or all who speak least. */
  speakers: Speaker[];
  role: "host" | "speaker" | "asked";
  talked: number;
  stretches: Stretch[];
}

/** What lies closer together than this is one stretch, what is shorter is still seen. */
const NEAR = 0.3;
const THIN = 0.4;
/** So many lanes are taken in at one look; whoever speaks less shares the last. */
export const LANES = 8;

/** Who speaks when: the host first, then by how much they spoke; those who asked come last, in lamp light. */
export function lanes(
  speakers: Speaker[],
  chapters: Chapter[],
  { host, length, all = false }: { host: string; length: number; all?: boolean },
): Lane[] {
  const askers = new Set(chapters.map((one) => one.asker));
  const order = { host: 0, speaker: 1, asked: 2 };
  const role = (one: Speaker): Lane["role"] => {
    if (one.name === host) return "host";
    return askers.has(one.name) ? "asked" : "speaker";
  };
  const ranked = speakers
    .filter((one) => one.spans.length > 0)
    .sort((a, b) => order[role(a)] - order[role(b)] || b.talked - a.talked || a.number - b.number);
  const own = all || ranked.length <= LANES ? ranked : ranked.slice(0, LANES - 1);
  const rest = ranked.slice(own.length);
  const drawn = own.map((one) => lane([one], role(one), length));
  if (rest.length > 0)
    drawn.push(lane(rest, rest.every((one) => role(one) === "asked") ? "asked" : "speaker", length));
  return drawn;
}

function lane(speakers: Speaker[], role: Lane["role"], length: number): Lane {
  const talked = speakers.reduce((sum, one) => sum + one.talked, 0);
  return {
    speakers,
    role,
    talked,
    stretches: stretches(
      speakers.flatMap((one) => one.spans),
      length,
    ),
  };
}

/** Spans of speech as what can be seen of them: breaths between words are no gap. */
export function stretches(spans: [number, number][], length: number): Stretch[] {
  if (length <= 0) return [];
  const seen: [number, number][] = [];
  for (const [begins, ends] of [...spans].sort(([a], [b]) => a - b)) {
    const [from, to] = [hundredth(begins, length), hundredth(ends, length)];
    const last = seen.at(-1);
    if (last && from - last[1] < NEAR) last[1] = Math.max(last[1], to);
    else if (to > from) seen.push([from, to]);
  }
  return seen.map(([from, to]) => {
    const wide = Math.max(THIN, to - from);
    return { from: round(Math.min(from, 100 - wide)), wide: round(wide) };
  });
}

export const hundredth = (place: number, length: number): number =>
  length <= 0 ? 0 : (100 * Math.max(0, Math.min(place, length))) / length;

const round = (n: number) => Math.round(n * 100) / 100;

export interface Mark {
  at: number;
  chapter: Chapter;
  /** Whether there is room for its number. */
  said: boolean;
}

/** Numbers nearer than this would lie upon each other. */
const APART = 4;

/** Where the numbered chapters begin. */
export function marks(chapters: Chapter[], length: number): Mark[] {
  let last = -Infinity;
  return heard(chapters)
    .filter((one) => one.n !== null)
    .map((chapter) => {
      const at = round(hundredth(chapter.begins, length));
      const said = at - last >= APART && at <= 100 - APART / 2;
      if (said) last = at;
      return { at, chapter, said };
    });
}

/** Who speaks most from one place to another; nobody where it is silent. */
export function mostly(speakers: Speaker[], begins: number, ends: number): Speaker | null {
  const within = (one: Speaker) =>
    one.spans.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(to, ends) - Math.max(from, begins)), 0);
  const most = speakers.reduce<Speaker | null>(
    (best, one) => (best && within(best) >= within(one) ? best : one),
    null,
  );
  return most && within(most) > 0 ? most : null;
}
