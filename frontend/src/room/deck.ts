/** What being *Ready* ahead of time needs of the room. */
export interface Decks {
  /** Have a microphone that captures nothing; false where there is none. */
  hold(): Promise<boolean>;
  /** Say to the server whether one is ready; true where it took it. */
  say(ready: boolean): Promise<boolean>;
  onStage(): boolean;
  onDeck(): boolean;
  /** Milliseconds until the count-down is over. */
  opensIn(): number;
  /** Lay the sound's way, while nothing is captured yet. */
  prepare(): Promise<void>;
  /** Speak, where one is not muted by now. */
  goOn(): Promise<void>;
  /** Give the microphone back. */
  stop(): void;
}

/** How long after the deck one's seat may follow. */
const CALLED_WITHIN = 2000;

/** *Ready*: the second key, turned ahead of time. The microphone is held, and captures nothing before the count-down is over. */
export class Deck {
  /** One has said *Ready* and holds a microphone for it. */
  ahead = false;

  constructor(private readonly decks: Decks) {}

  async ready(): Promise<void> {
    this.ahead = (await this.decks.hold()) && (await this.decks.say(true));
  }

  async notReady(): Promise<void> {
    this.ahead = false;
    this.decks.stop();
    await this.decks.say(false);
  }

  /** One is on deck no more: on stage, where the microphone opens after the count-down, or let go. */
  called(): void {
    if (this.decks.onStage()) void this.countedDown();
    else setTimeout(() => this.decks.onStage() || this.decks.onDeck() || this.letGo(), CALLED_WITHIN);
  }

  private async countedDown(): Promise<void> {
    this.ahead = false;
    const opensIn = this.decks.opensIn();
    const from = Date.now();
    await this.decks.prepare();
    await new Promise((done) => setTimeout(done, opensIn - (Date.now() - from)));
    await this.decks.goOn();
  }

  private letGo(): void {
    if (!this.ahead) return;
    this.ahead = false;
    this.decks.stop();
  }
}
