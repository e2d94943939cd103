const FIRST = 1000;
const LONGEST = 20_000;
const MINUTE = 60_000;
const A_MINUTE = 12;
/**
 * When the first tries come, counted from the loss: a server that is gone for less than five seconds is tried three times
 * at most, and a thousand pages do not come in one moment.
 */
const EARLY: [from: number, to: number][] = [
  [0, 1000],
  [1000, 4000],
  [5000, 7000],
];

/** A server that is stopped says when to come, and how often to ask while it is not there: `restart 2750 1500`. */
const INVITATION = /^restart (\d{1,5}) (\d{1,5})$/;
const ROUNDS = 10;

/** How long to wait before the next try: three soon, then full jitter below a doubling bound, and 12 tries a minute at most. */
export class Backoff {
  private failures = 0;
  private lostAt = 0;
  private tries: number[] = [];
  private invited: { first: number; round: number } | null = null;

  /** `random` gives 0..1. */
  constructor(private readonly random: () => number = Math.random) {}

  /** Milliseconds to wait, at time `now`, before trying again. */
  wait(now: number): number {
    if (this.failures === 0) this.lostAt = now;
    return Math.max(this.due(now), this.budget(now));
  }

  /** Why the line ends, in the server's words; where it invites back, people come when it says. */
  told(reason: string): void {
    const [, first, round] = INVITATION.exec(reason) ?? [];
    if (first === undefined || round === undefined) return;
    this.invited = { first: Number(first), round: Number(round) };
    this.failures = 0;
  }

  /** A try begins. */
  tried(now: number): void {
    this.tries = [...this.tries.filter((at) => now - at < MINUTE), now];
  }

  /** The line stands: the next loss begins with short waits again. */
  stood(): void {
    this.failures = 0;
    this.invited = null;
  }

  /** How long until this minute has room for another try. */
  budget(now: number): number {
    const recent = this.tries.filter((at) => now - at < MINUTE);
    const [oldest] = recent;
    return recent.length >= A_MINUTE && oldest !== undefined ? oldest + MINUTE - now : 0;
  }

  private due(now: number): number {
    const failed = this.failures++;
    if (this.invited !== null && failed < ROUNDS) return this.nextRound(this.invited, failed, now);
    const soon = EARLY[failed];
    if (soon === undefined) return this.random() * Math.min(LONGEST, FIRST * 2 ** failed);
    const [from, to] = soon;
    const at = this.lostAt + from + this.random() * (to - from);
    return at > now ? at - now : this.random() * FIRST; // the try before took longer than that
  }
  /** Each round at the same moment: so people stay as far apart as the server has put them. */
  private nextRound({ first, round }: { first: number; round: number }, failed: number, now: number): number {
    const since = now - this.lostAt - first;
    const rounds = Math.max(failed, Math.floor(since / round) + 1);
    return rounds * round - since;
  }
}
