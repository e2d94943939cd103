/** The two handles of a clip: it is 15 to 120 seconds long and lies within the copy. */
export const SHORTEST = 15_000;
export const LONGEST = 120_000;
const USUAL = 45_000;

export interface Cut {
  begins: number;
  ends: number;
}

/** What is marked first: the usual length from where one listens, pulled back from the end. */
export function around(place: number, length: number): Cut {
  const wanted = Math.min(USUAL, length);
  const begins = Math.max(0, Math.min(Math.floor(place), length - wanted));
  return { begins, ends: begins + wanted };
}

/** The left handle moved: the right one stays, unless the clip would be too short or too long. */
export function from(cut: Cut, begins: number, length: number): Cut {
  const start = Math.max(0, Math.min(begins, length - SHORTEST));
  return { begins: start, ends: Math.min(length, bounded(cut.ends, start + SHORTEST, start + LONGEST)) };
}

/** The right handle moved. */
export function to(cut: Cut, ends: number, length: number): Cut {
  const end = Math.min(length, Math.max(ends, SHORTEST));
  return { begins: Math.max(0, bounded(cut.begins, end - LONGEST, end - SHORTEST)), ends: end };
}

/** What the picker shows of a long copy: a few minutes around the clip, so that a second can be told from the next. */
const STRETCH = 240_000;

export function shown(cut: Cut, length: number): Cut {
  if (length <= STRETCH) return { begins: 0, ends: length };
  const middle = (cut.begins + cut.ends) / 2;
  const begins = Math.round(Math.max(0, Math.min(middle - STRETCH / 2, length - STRETCH)));
  return { begins, ends: begins + STRETCH };
}

/** The loudness of a stretch as so many bars, each 0 to 1; the loudest of its seconds counts. */
export function bars(wave: number[], stretch: Cut, many: number): number[] {
  const seconds = (stretch.ends - stretch.begins) / 1000;
  const first = stretch.begins / 1000;
  return Array.from({ length: many }, (_, bar) => {
    const start = Math.floor(first + (bar * seconds) / many);
    const end = Math.max(start + 1, Math.ceil(first + ((bar + 1) * seconds) / many));
    return Math.max(0, ...wave.slice(start, end)) / 255;
  });
}

/** Bars as a path in a box `many` × 4 wide and 32 high. */
export function drawn(heights: number[]): string {
  return heights
    .map((height, at) => {
      const tall = Math.max(2, height * 30);
      return `M${at * 4 + 2} ${(16 - tall / 2).toFixed(1)}v${tall.toFixed(1)}`;
    })
    .join("");
}

const bounded = (n: number, least: number, most: number) => Math.max(least, Math.min(most, n));
