import type { Said } from "./api";

/** What one person said without another between; a paragraph of the transcript. */
export interface Paragraph {
  who: string | null;
  begins: number;
  /** Places in the transcript: the first of its sentences, and the one after its last. */
  first: number;
  end: number;
}

/** After so long a silence, or so many sentences, a new paragraph begins. */
const SILENCE = 8000;
const MANY = 6;

export function paragraphs(transcript: Said[]): Paragraph[] {
  const parted: Paragraph[] = [];
  transcript.forEach((said, at) => {
    const last = parted.at(-1);
    const before = transcript[at - 1];
    const goesOn =
      last?.who === said.who && at - last.first < MANY && said.begins - (before?.ends ?? 0) < SILENCE;
    if (last && goesOn) last.end = at + 1;
    else parted.push({ who: said.who, begins: said.begins, first: at, end: at + 1 });
  });
  return parted;
}

/** How long a sentence stays marked after it was said, where nothing follows. */
const LINGERS = 4000;

/** Which sentence is heard at a place: the last that has begun, unless it is long over; -1 where none is. */
export function saidAt(transcript: Said[], place: number): number {
  let [low, high] = [0, transcript.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((transcript[middle]?.begins ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  const said = transcript[low - 1];
  return said && place < said.ends + LINGERS ? low - 1 : -1;
}
