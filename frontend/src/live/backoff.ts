const FIRST = 1000;
const LONGEST = 20_000;
const MINUTE = 60_000;
const A_MINUTE = 12;

/** How long to wait before the next try: full jitter (each anywhere below a doubling bound), and 12 tries a minute at most. */
export class Backoff {
  private failures = 0;
  private tries: number[] = [];

  /** `random` gives 0..1. */
  constructor(private readonly random: () => number = Math.random) {}

  /** Milliseconds to wait, at time `now`, before trying again. */
  wait(now: number): number {
    const bound = Math.min(LONGEST, FIRST * 2 ** this.failures++);
    return Math.max(this.random() * bound, this.budget(now));
  }

  /** A try begins. */
  tried(now: number): void {
    this.tries = [...this.tries.filter((at) => now - at < MINUTE), now];
  }

  /** The line stands: the next loss begins with short waits again. */
  stood(): void {
    this.failures = 0;
  }

  /** How long until this minute has room for another try. */
  budget(now: number): number {
    const recent = this.tries.filter((at) => now - at < MINUTE);
    const [oldest] = recent;
    return recent.length >= A_MINUTE && oldest !== undefined ? oldest + MINUTE - now : 0;
  }
}
