import { call } from "$/accounts/api";

/** Where the plain stream of a room is: `GET /api/v1/rooms/{name}/stream`. `on_air`: there is something to hear. */
export interface Streams {
  on_air: boolean;
  hls: string;
  mp3: string;
  aac: string;
  opus: string;
}

export const streamsOf = (room: string): Promise<Streams> =>
  call("GET", `/rooms/${encodeURIComponent(room)}/stream`);

export interface StreamEars {
  /** It sounds. */
  plays(): void;
  /** The browser plays nothing until the person presses something; or the system stopped it, as for a call. */
  blocked(): void;
  /** It cannot be had. */
  mute(): void;
}

const TRIES = 3;
const AGAIN = 1000;
const SILENT_TOO_LONG = 10_000;

/**
 * What to play, the best first. One endless file plays in every browser and goes on behind a lock screen; Safari on
 * telephones has no Media Source, and holds on to HLS more firmly than to a file without an end.
 */
export function playable(streams: Streams, player: Pick<HTMLMediaElement, "canPlayType">): string[] {
  const apple = player.canPlayType("application/vnd.apple.mpegurl") !== "" && !("MediaSource" in globalThis);
  return apple ? [streams.hls, streams.mp3] : [streams.mp3, streams.aac];
}

/** The plain stream of a room, some seconds behind: asked for where it is each time it begins, so that a link is fresh. */
export class Stream {
  private audio: HTMLAudioElement | null = null;
  private on = false;
  private sounds = false;
  private failed = 0;
  private run = 0;
  private waits: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly player: () => HTMLAudioElement,
    private readonly where: () => Promise<Streams | null>,
    private readonly ears: StreamEars,
  ) {}

  /** Within a press: what was loaded in one may begin later without one (WebKit). */
  ready(): void {
    if (!this.on) this.sound().load();
  }

  play(): void {
    this.on = true;
    this.failed = 0;
    void this.begin();
  }

  /** *Tap to listen*: where it was stopped for long, one hears what is said now, not what was said then. */
  tap(): void {
    const audio = this.sound();
    if (!audio.paused) return;
    audio.load();
    this.play();
  }

  stop(): void {
    this.on = this.sounds = false;
    this.run += 1;
    clearTimeout(this.waits);
    if (this.audio === null) return;
    this.audio.pause();
    this.audio.removeAttribute("src");
    this.audio.load();
  }

  private async begin(): Promise<void> {
    const run = ++this.run;
    this.expect();
    const streams = await this.where().catch(() => null);
    if (run !== this.run) return;
    const found = streams?.on_air ? playable(streams, this.sound()) : [];
    const address = found[this.failed % found.length];
    if (address === undefined) this.mute();
    else await this.hear(address, run);
  }

  private async hear(address: string, run: number): Promise<void> {
    const audio = this.sound();
    // By the page's own host: the addresses name the public one, for players elsewhere.
    const { pathname, search } = new URL(address, location.href);
    audio.src = pathname + search;
    await audio.play().catch((why: Error) => {
      if (run === this.run && why.name === "NotAllowedError") this.halted();
    });
  }

  private sound(): HTMLAudioElement {
    if (this.audio !== null) return this.audio;
    const audio = (this.audio = this.player());
    const hear = (kind: string, what: () => void) => audio.addEventListener(kind, () => this.on && what());
    hear("playing", () => {
      clearTimeout(this.waits);
      this.failed = 0;
      this.sounds = true;
      this.ears.plays();
    });
    hear("waiting", () => this.expect());
    // One that was stopped and begun anew hears of its own stopping late.
    hear("pause", () => this.sounds && !audio.ended && this.halted());
    hear("ended", () => this.fails());
    hear("error", () => this.fails());
    return audio;
  }

  /** From now on something has to come. */
  private expect(): void {
    clearTimeout(this.waits);
    this.waits = setTimeout(() => this.fails(), SILENT_TOO_LONG);
  }

  private halted(): void {
    clearTimeout(this.waits);
    this.sounds = false;
    this.ears.blocked();
  }

  private fails(): void {
    this.failed += 1;
    if (this.failed >= TRIES) return this.mute();
    clearTimeout(this.waits);
    this.waits = setTimeout(() => void this.begin(), AGAIN);
  }

  private mute(): void {
    this.stop();
    this.ears.mute();
  }
}
