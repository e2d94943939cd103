/** What the page knows of the sound at this moment: it plays, it should and does not, or nothing tells. */
export type Heard = "plays" | "dumb" | "unknown";

const PATIENCE = 5000;

/** Whether one hears nothing: said by a press, or seen by the page itself. The server is told when it changes. */
export class Silence {
  private spoken = false;
  private since: number | null = null;
  private told = false;

  /** What to tell the server now; null where nothing is new. Who said so while nothing played is believed to hear when it does. */
  news(heard: Heard, now: number): boolean | null {
    if (heard === "dumb") this.since ??= now;
    if (heard === "plays" && this.since !== null) {
      this.since = null;
      this.spoken = false;
    }
    const silent = this.spoken || (this.since !== null && now - this.since >= PATIENCE);
    if (silent === this.told) return null;
    this.told = silent;
    return silent;
  }

  /** One has said so and has not taken it back. */
  get said(): boolean {
    return this.spoken;
  }

  /** *I hear nothing*, or hear again. */
  says(on: boolean, heard: Heard, now: number): void {
    this.spoken = on;
    this.since = on && heard !== "plays" ? now : null;
  }
}
