import type { Peer } from "./peer";
import { chooseOutput } from "./quirks";

/** Plays a connection's voices. One media element a line: it goes on in the background, where Web Audio sleeps. */
export class Playback {
  private readonly elements: HTMLAudioElement[] = [];
  private output = "";
  private loudness = 1;

  /** Begin, best within a press. False: the browser plays nothing until the person presses something. */
  async play(peer: Peer): Promise<boolean> {
    peer.voices.forEach((receiver, line) => {
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
    for (const element of this.elements) element.volume = loudness;
  }

  /** Play to this device from now on; "" is the system's choice. */
  async playTo(device: string): Promise<void> {
    this.output = device;
    await Promise.all(this.elements.map((element) => chooseOutput(element, device)));
  }

  private element(line: number): HTMLAudioElement {
    const known = this.elements[line];
    if (known !== undefined) return known;
    const element = new Audio();
    element.autoplay = true;
    element.volume = this.loudness;
    this.elements[line] = element;
    if (this.output !== "") void chooseOutput(element, this.output);
    return element;
  }
}
