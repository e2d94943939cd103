import type { Peer } from "./peer";
import { chooseOutput } from "./quirks";

const LOWERED = 0.25;

/** Plays a connection's voices. One media element a line: it goes on in the background, where Web Audio sleeps. */
export class Playback {
  private readonly elements: HTMLAudioElement[] = [];
  private output = "";
  private loudness = 1;
  private stageLowered = false;

  /** Begin, best within a press. False: the browser plays nothing until the person presses something. */
  async play(peer: Peer): Promise<boolean> {
    [peer.backstage, ...peer.voices].forEach((receiver, line) => {
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

  /** The device that is played to. */
  get device(): string {
    return this.output;
  }

  /** Play to this device from now on; "" is the system's choice. */
  async playTo(device: string): Promise<void> {
    this.output = device;
    await Promise.all(this.elements.map((element) => chooseOutput(element, device)));
  }

  private balance(): void {
    this.elements.forEach((element, line) => {
      element.volume = this.volumeOf(line);
    });
  }

  /** The first line is backstage. */
  private volumeOf(line: number): number {
    return this.stageLowered && line > 0 ? this.loudness * LOWERED : this.loudness;
  }

  private element(line: number): HTMLAudioElement {
    const known = this.elements[line];
    if (known !== undefined) return known;
    const element = new Audio();
    element.autoplay = true;
    element.volume = this.volumeOf(line);
    this.elements[line] = element;
    if (this.output !== "") void chooseOutput(element, this.output);
    return element;
  }
}
