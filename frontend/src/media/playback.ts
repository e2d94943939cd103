import type { Peer } from "./peer";
import { chooseOutput } from "./quirks";

const LOWERED = 0.25;

/** Plays a connection's lines. One media element a line: it goes on in the background, where Web Audio sleeps. */
export class Playback {
  private readonly elements: HTMLAudioElement[] = [];
  private output = "";
  private loudness = 1;
  private stageLowered = false;
  private stage = 1;
  private before: HTMLAudioElement | null = null;
  private after: HTMLAudioElement | null = null;

  /** Begin, best within a press. False: the browser plays nothing until the person presses something. */
  async play(peer: Peer): Promise<boolean> {
    [peer.backstage, ...peer.stage].forEach((receiver, line) => {
      const element = this.element(line);
      const playing = element.srcObject instanceof MediaStream ? element.srcObject.getAudioTracks()[0] : null;
      if (playing !== receiver.track) element.srcObject = new MediaStream([receiver.track]);
    });
    return this.resume();
  }

  /** Play what is there; the press of *Tap to listen* comes here too. */
  async resume(): Promise<boolean> {
    const begun = await Promise.allSettled(this.elements.map((element) => element.play()));
    return !begun.some((one) => one.status === "rejected" && one.reason?.name === "NotAllowedError");
  }

  stop(): void {
    for (const element of this.elements) {
      element.pause();
      element.srcObject = null;
    }
  }

  get volume(): number {
    return this.loudness;
  }

  set volume(loudness: number) {
    this.loudness = loudness;
    this.balance();
  }

  /** The stage is lowered while somebody speaks backstage, and heard on. */
  lower(on: boolean): void {
    if (on === this.stageLowered) return;
    this.stageLowered = on;
    this.balance();
  }

  /** How much of the stage is heard, from 0 to 1; the rest is what was said before. */
  get live(): number {
    return this.stage;
  }

  set live(share: number) {
    this.stage = share;
    this.balance();
  }

  /** Plays what was said before, on the same device, as loud as the stage is quiet. */
  get earlier(): HTMLAudioElement {
    if (this.before !== null) return this.before;
    this.before = this.beside();
    this.balance();
    return this.before;
  }

  /** Plays the stream, which comes later than the live sound and in its place. */
  get later(): HTMLAudioElement {
    if (this.after !== null) return this.after;
    this.after = this.beside();
    this.balance();
    return this.after;
  }

  /** The device that is played to. */
  get device(): string {
    return this.output;
  }

  /** Play to this device from now on; "" is the system's choice. */
  async playTo(device: string): Promise<void> {
    this.output = device;
    const all = [...this.elements, this.before, this.after].filter((one) => one !== null);
    await Promise.all(all.map((element) => chooseOutput(element, device)));
  }

  private balance(): void {
    this.elements.forEach((element, line) => this.set(element, line));
    if (this.before !== null) this.before.volume = this.loudness * (1 - this.stage);
    if (this.after === null) return;
    this.after.volume = this.loudness * this.stage;
    this.after.muted = this.stage === 0;
  }

  /** One more player, on the same device. */
  private beside(): HTMLAudioElement {
    const element = new Audio();
    if (this.output !== "") void chooseOutput(element, this.output);
    return element;
  }

  private set(element: HTMLAudioElement, line: number): void {
    element.volume = this.volumeOf(line);
    // Where the volume is the device's alone (iOS) what is quiet still has to be silent.
    element.muted = line > 0 && this.stage === 0;
  }

  /** The first line is backstage. */
  private volumeOf(line: number): number {
    if (line === 0) return this.loudness;
    return this.loudness * this.stage * (this.stageLowered ? LOWERED : 1);
  }

  private element(line: number): HTMLAudioElement {
    const known = this.elements[line];
    if (known !== undefined) return known;
    const element = new Audio();
    element.autoplay = true;
    this.set(element, line);
    this.elements[line] = element;
    if (this.output !== "") void chooseOutput(element, this.output);
    return element;
  }
}
