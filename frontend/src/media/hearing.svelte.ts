import { Levels } from "./levels";
import { Peer } from "./peer";
import { Playback } from "./playback";
import { Stream, type Streams } from "./stream";
import {
  begun,
  type Course,
  due,
  goes,
  LIVE,
  type Moment,
  type Nearness,
  type News,
  tries,
  type Way,
} from "./way";

export type SoundState = "off" | "connecting" | "playing" | "blocked" | "reconnecting";

/** What came of an offer: the server's answer; or live sound takes nobody more just now; or nothing. */
export type Answer = { sdp: string } | "full" | "none";

/** How the server is asked: an offer goes out, its answer comes back. */
export type Asks = (sdp: string) => Promise<Answer>;

/** The room as far as hearing it needs it. */
export interface Hall {
  /** A connection is lost, or worth another try: a new one should be offered. */
  renew(): void;
  /** A connection has taken over. */
  took(peer: Peer): void;
  /** Where the plain stream is; null where there is none. */
  streams(): Promise<Streams | null>;
  nearness(): Nearness;
  /** Live sound is back after the stream. */
  back(): void;
}

const RING = 66;
/** The stage stays lowered through the pauses of whoever speaks backstage. */
const LOWERED_FOR = 1500;
/** Behind the delay there is what a connection holds back, or what a stream is behind. The server waits a little longer. */
const LAST_WORD = 1000;
const BEHIND = 15_000;

/** Hearing a room: one connection after another, each taking over in place, the stream where none can be had; and the levels for the rings. */
export class Hearing {
  sound = $state<SoundState>("off");
  /** Speaker number → 0..1, fifteen times a second while the page is seen. */
  levels = $state.raw<ReadonlyMap<number, number>>(new Map());
  /** The same for those who are heard backstage. */
  aside = $state.raw<ReadonlyMap<number, number>>(new Map());
  volume = $state(1);
  /** Since when one has waited for sound that does not come, or null. */
  waits = $state<number | null>(null);
  /** Somebody wanted live sound instead of the stream, and it is not known yet what comes of it. */
  trying = $state(false);
  private course = $state.raw(LIVE);
  readonly playback = new Playback();
  peer: Peer | null = null;
  private coming: Peer | null = null;
  private ready: Promise<{ peer: Peer; sdp: string }> | null = null;
  private readonly meter = new Levels();
  private spokenTo = 0;
  private rings: ReturnType<typeof setInterval> | undefined;
  private frame = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private rest: ReturnType<typeof setTimeout> | undefined;
  private readonly stream = new Stream(
    () => this.playback.later,
    () => this.hall.streams(),
    {
      plays: () => this.plays(),
      blocked: () => (this.sound = "blocked"),
      mute: () => (this.rest === undefined ? this.happens("mute") : this.end()),
    },
  );

  constructor(private readonly hall: Hall) {}

  /** Whether one hears the room live, or by the stream. */
  get way(): Way {
    return this.course.way;
  }

  /** Live sound took nobody more when it was last tried. */
  get full(): boolean {
    return this.course.full;
  }

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
    this.stream.ready();
    this.course = begun(this.course, document.hidden);
    if (this.way === "stream") this.stream.play();
    else await this.connect(asks);
  }

  /** Offer a connection; the one before goes on until this one is up. */
  async connect(asks: Asks): Promise<void> {
    this.happens("tried");
    if (this.way === "live" && this.sound === "playing" && !this.peer?.isUp) this.sound = "reconnecting";
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
    if (typeof answer === "string") return this.lost(peer, answer === "full");
    this.happens("answered");
    await peer.answer(answer.sdp).catch(() => this.lost(peer));
  }

  /** *Tap to listen*. */
  async tap(): Promise<void> {
    if (this.way === "stream") this.stream.tap();
    const plays = await this.playback.resume();
    if (this.way === "live") this.sound = plays ? "playing" : "blocked";
  }

  /** The room is over. What of it is still to come, so many seconds later than it was said, is heard; then it ends. */
  over(later: number): void {
    if (!this.wanted || this.rest !== undefined) return;
    if (later === 0) this.end();
    else
      this.rest = setTimeout(() => this.end(), later * 1000 + (this.way === "stream" ? BEHIND : LAST_WORD));
  }

  end(): void {
    clearTimeout(this.timer);
    clearTimeout(this.rest);
    this.rest = undefined;
    clearInterval(this.rings);
    cancelAnimationFrame(this.frame);
    this.playback.stop();
    this.stream.stop();
    for (const peer of [this.peer, this.coming]) peer?.close();
    void this.ready?.then(({ peer }) => peer.close());
    this.peer = this.coming = this.ready = null;
    this.levels = this.aside = new Map();
    this.sound = "off";
    this.waits = null;
    this.trying = false;
  }

  /** The server has lost us, or ended the connection. */
  dropped(): void {
    if (this.peer) this.lost(this.peer);
  }

  /** Do not wait for the next try: *Try now*, *Try live again*. */
  again(): void {
    this.trying = this.way === "stream";
    this.happens("wished");
  }

  /** The page is seen again: live sound that was left may be had. */
  seen(): void {
    if (this.way === "stream") this.happens("wished");
  }

  /** The room is live now. */
  began(): void {
    if (this.wanted) this.happens("began");
  }

  /** The person's place in the room may be another. */
  moved(): void {
    if (this.wanted && !this.course.up) this.happens("time");
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
    this.waits = null;
    const before = this.peer;
    this.peer = peer;
    this.happens("up");
    void this.sounds(peer).then(() => before?.close());
    this.hall.took(peer);
    this.measure();
  }

  private async sounds(peer: Peer): Promise<void> {
    const plays = await this.playback.play(peer);
    if (!this.wanted || this.way === "stream") return;
    if (!plays) this.sound = "blocked";
    else if (peer === this.peer) this.sound = "playing";
  }

  private lost(peer: Peer, full = false): void {
    if (!this.wanted || (peer !== this.peer && peer !== this.coming)) return;
    const stood = peer === this.peer;
    if (!stood) {
      peer.close();
      this.coming = null;
    } else if (this.coming !== null) return;
    this.trying = false;
    this.misses();
    this.happens(stood ? "dropped" : full ? "full" : "failed");
  }

  /** Nothing is heard just now, unless the stream is. */
  private misses(): void {
    if (this.way === "stream") return;
    this.sound = this.sound === "connecting" ? "connecting" : "reconnecting";
    this.waits ??= Date.now();
  }

  // ---- live, or by stream ----

  private happens(news: News): void {
    const before = this.course;
    this.course = goes(before, news, this.moment());
    if (this.way !== before.way) this.changeOver(this.course);
    clearTimeout(this.timer);
    const next = due(this.course, this.moment());
    if (next !== null && this.wanted)
      this.timer = setTimeout(() => this.goesOn(), Math.max(0, next - Date.now()));
  }

  private changeOver({ way, up }: Course): void {
    if (way === "live") {
      this.stream.stop();
      this.trying = false;
      if (up) this.hall.back();
      else this.misses();
      return;
    }
    // One that recovers by itself would be heard beside the stream.
    this.peer?.close();
    this.peer = null;
    this.levels = this.aside = new Map();
    this.stream.play();
  }

  /** Time has gone on: patience is over, or live sound is tried again. */
  private goesOn(): void {
    this.happens("time");
    if (!tries(this.course, this.moment())) return;
    this.happens("tried");
    this.hall.renew();
  }

  private plays(): void {
    this.sound = "playing";
    this.waits = null;
  }

  private moment(): Moment {
    return {
      now: Date.now(),
      hidden: document.hidden,
      nearness: this.hall.nearness(),
      chance: Math.random(),
    };
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
