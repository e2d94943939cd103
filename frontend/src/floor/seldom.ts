const APART = 30_000;

/** A place in the queue is read out at once near its front; further back a change is told at most twice a minute. */
export class Seldom {
  private said = "";
  private at = -Infinity;

  tells(text: string, place: number, now: number): string {
    const due = place <= 2 || now - this.at >= APART;
    if (text === this.said || !due) return this.said;
    this.said = text;
    this.at = now;
    return text;
  }
}
