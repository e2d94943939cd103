/** What *Hold to talk backstage* needs of the room. */
export interface Talks {
  /** Have a microphone, still shut; false where there is none. */
  microphone(): Promise<boolean>;
  /** Say to the server whether one speaks backstage; true where it is so now. */
  say(on: boolean): Promise<boolean>;
  speak(): Promise<void>;
  shut(): Promise<void>;
  /** Be heard on stage again, where one was. */
  goOn(): Promise<void>;
}

/** How long the last words said backstage are on their way. */
const ON_THE_WAY = 120;

/**
 * *Hold to talk backstage*. The microphone is still until the server has shut the stage's lane, and before it opens it again:
 * what is said while the button is held is heard backstage and nowhere else, from its first syllable to its last.
 */
export class TalkBack {
  /** The button is held. */
  held = $state(false);
  /** One is heard backstage. */
  on = $state(false);
  private doing = Promise.resolve();

  constructor(private readonly talks: Talks) {}

  /** Held, or not let go of to the end. */
  get busy(): boolean {
    return this.held || this.on;
  }

  hold(held: boolean): void {
    if (held === this.held) return;
    this.held = held;
    this.doing = this.doing.then(() => this.follow());
  }

  /** The server ended it: the line was lost, or one may no longer. */
  ended(): void {
    if (!this.held) return;
    this.held = this.on = false;
    void this.talks.shut();
  }

  private async follow(): Promise<void> {
    if (this.held === this.on) return;
    await (this.held ? this.begin() : this.end());
  }

  private async begin(): Promise<void> {
    if (!(await this.talks.microphone())) {
      this.held = false;
      return;
    }
    if (!this.held) return;
    await this.talks.shut();
    this.on = await this.talks.say(true);
    if (!this.on) this.held = false;
    if (this.held) await this.talks.speak();
    else if (!this.on) await this.talks.goOn();
  }

  private async end(): Promise<void> {
    await this.talks.shut();
    await new Promise((gone) => setTimeout(gone, ON_THE_WAY));
    await this.talks.say(false);
    this.on = false;
    if (!this.held) await this.talks.goOn();
  }
}
