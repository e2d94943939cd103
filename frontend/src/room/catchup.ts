import type { CatchUpAnswer } from "$/live/protocol";

/** Milliseconds in which the live sound comes back, or makes room. */
export const GLIDE = 300;

/** From one moment of the server's clock to another one heard something else than the stage. */
export interface Away {
  from: number;
  until: number;
}

/** Answers one was not there for, or heard something else meanwhile; without those one has caught up on. */
export function missed(
  answers: CatchUpAnswer[],
  came: number,
  away: Away[],
  heard: ReadonlySet<string>,
): CatchUpAnswer[] {
  const elsewhere = ({ at, length }: CatchUpAnswer) =>
    away.some(({ from, until }) => at < until && from < at + length);
  return answers.filter((one) => !heard.has(one.question) && (one.at < came || elsewhere(one)));
}

/** How long they are altogether. */
export const together = (answers: CatchUpAnswer[]): number =>
  answers.reduce((sum, one) => sum + one.length, 0);

/** What is heard after this answer: the next one of those, else the first that was passed over. */
export function after(answers: CatchUpAnswer[], now: CatchUpAnswer): CatchUpAnswer | undefined {
  const others = answers.filter((one) => one.question !== now.question);
  return others.find((one) => one.at > now.at) ?? others[0];
}

/** How loud it is so long after a glide began. A hidden tab's clocks are slow: there it is over at once. */
export function glided(from: number, to: number, gone: number, hidden: boolean): number {
  return hidden || gone >= GLIDE ? to : from + ((to - from) * gone) / GLIDE;
}
