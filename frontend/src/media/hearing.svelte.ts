import { Levels } from "./levels";
import { Peer } from "./peer";
import { Playback } from "./playback";

export type SoundState = "off" | "connecting" | "playing" | "blocked" | "reconnecting";

/** How the server is asked: an offer goes out, its answer comes back. */
export type Asks = (sdp: string) => Promise<string | null>;

const RING = 66;
/** The stage stays lowered through the pauses of whoever speaks backstage. */
const LOWERED_FOR = 1500;
const AGAIN = [300, 1000, 2000, 4000, 8000];

/** Hearing a room: one connection after another, each taking over in place, and the levels for the rings. */
export class Hearing {
  sound = $state<SoundState>("off");
  /** Speaker number → 0..1, fifteen times a second while the page is seen. */
  levels = $state.raw<ReadonlyMap<number, number>>(new Map());
  /** The same for those who are heard backstage. */
  aside = $state.raw<ReadonlyMap<number, number>>(new Map());
  volume = $state(1);
  /** Since when one has waited for sound that does not come, or null. */
  waits = $state<number | null>(null);
  readonly playback = new Playback();
  peer: Peer | null = null;
  private coming: Peer | null = null;
  private ready: Promise<{ peer: Peer; sdp: string }> | null = null;
  private readonly meter = new Levels();
  private spokenTo = 0;
  private rings: ReturnType<typeof setInterval> | undefined;
  private frame = 0;
  private failures = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;

  /**
   * `asks` sends an offer and gives the answer, or null where none came. `renew` is called when a connection is lost
   * and a new one should be offered. `took` is called when a connection has taken over.
   */
  constructor(
    private readonly renew: () => void,
    private readonly took: (peer: Peer) => void,
  ) {}

  get wanted(): boolean {
    return this.sound !== "off";
  }

  /** Make an offer ahead of the press, so that sound is one round trip away. */
  prepare(): void {
    this.ready ??= this.offered();
  }

  /** Hear, within a press. */
  async begin(asks: Asks): Promise<void> {
    this.sound = "connecting";
    this.waits = Date.now();
    await this.connect(asks);
  }

  /** Offer a connection; the one before goes on until this one is up. */
  async connect(asks: Asks): Promise<void> {
    clearTimeout(this.retry);
    if (this.sound === "playing" && !this.peer?.isUp) this.sound = "reconnecting";
    // Taken before the wait: a press and a line that opens just then must not share one connection.
    const offer = this.ready ?? this.offered();
    this.ready = null;
    const { peer, sdp } = await offer;
    this.coming?.close();
    this.coming = peer;
    // Elements begin within the press that led here; the tracks are silent until packets come.
    if (this.peer === null) void this.sounds(peer);
    const answer = await asks(sdp);
    if (this.coming !== peer) return;
    if (answer === null) this.lost(peer);
    else await peer.answer(answer).catch(() => this.lost(peer));
  }

  /** *Tap to listen*. */
  async tap(): Promise<void> {
    this.sound = (await this.playback.resume()) ? "playing" : "blocked";
  }

  end(): void {
    clearTimeout(this.retry);
    clearInterval(this.rings);
    cancelAnimationFrame(this.frame);
    this.playback.stop();
    for (const peer of [this.peer, this.coming]) peer?.close();
    void this.ready?.then(({ peer }) => peer.close());
    this.peer = this.coming = this.ready = null;
    this.levels = this.aside = new Map();
    this.sound = "off";
    this.waits = null;
  }

  /** The server has lost us, or ended the connection. */
  dropped(): void {
    if (this.peer) this.lost(this.peer);
  }

  /** Do not wait for the next try. */
  again(): void {
    clearTimeout(this.retry);
    this.renew();
  }

  louder(volume: number): void {
    this.volume = volume;
    this.playback.volume = volume;
  }

  private offered(): Promise<{ peer: Peer; sdp: string }> {
    let made: Peer | null = null;
    const offer = Peer.offer({
      up: () => made && this.up(made),
      lost: () => made && this.lost(made),
    });
    return offer.then((ready) => {
      made = ready.peer;
      return ready;
    });
  }

  private up(peer: Peer): void {
    if (peer !== this.coming) return;
    this.coming = null;
    this.failures = 0;
    this.waits = null;
    const before = this.peer;
    this.peer = peer;
    void this.sounds(peer).then(() => before?.close());
    this.took(peer);
    this.measure();
  }

  private async sounds(peer: Peer): Promise<void> {
    const plays = await this.playback.play(peer);
    if (!this.wanted) return;
    if (!plays) this.sound = "blocked";
    else if (peer === this.peer) this.sound = "playing";
  }

  private lost(peer: Peer): void {
    if (!this.wanted || (peer !== this.peer && peer !== this.coming)) return;
    if (peer === this.coming) {
      peer.close();
      this.coming = null;
    } else if (this.coming !== null) return;
    this.sound = this.sound === "connecting" ? "connecting" : "reconnecting";
    this.waits ??= Date.now();
    const wait = AGAIN[Math.min(this.failures++, AGAIN.length - 1)] ?? 0;
    clearTimeout(this.retry);
    this.retry = setTimeout(this.renew, wait);
  }

  private measure(): void {
    clearInterval(this.rings);
    this.rings = setInterval(() => {
      if (this.peer) this.look(this.peer);
    }, RING);
    this.firstSound();
  }

  private look(peer: Peer): void {
    this.aside = this.meter.read([peer.backstage]);
    if (this.aside.size > 0) this.spokenTo = Date.now();
    this.playback.lower(Date.now() - this.spokenTo < LOWERED_FOR);
    if (document.visibilityState === "visible") this.levels = this.meter.read(peer.stage);
  }

  /** Tells measuring tools when the first sound came; asked each frame until then. */
  private firstSound(): void {
    if (performance.getEntriesByName("causerie:first-sound").length > 0 || this.peer === null) return;
    const heard = this.peer.stage.some((line) =>
      line.getSynchronizationSources().some((source) => (source.audioLevel ?? 0) > 0),
    );
    if (heard) performance.mark("causerie:first-sound");
    else this.frame = requestAnimationFrame(() => this.firstSound());
  }
}
