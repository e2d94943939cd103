import { fileOf } from "./api";
import { within } from "./positions";

/** One sound at a time: the copy, one speaker's track, or a clip. Whatever begins, the one before falls silent. */
let loudest: { pause(): void } | null = null;

function alone(sound: { pause(): void }): void {
  if (loudest !== sound) loudest?.pause();
  loudest = sound;
}

/** The sound of a copy. It plays the room, or the track of one speaker at the same place. */
export class Player {
  place = $state(0);
  playing = $state(false);
  waiting = $state(false);
  speed = $state(1);
  length = $state(0);
  /** Whose track alone is heard. */
  alone = $state<number | null>(null);
  /** The sound cannot be had. */
  broken = $state(false);
  private audio: HTMLAudioElement | null = null;
  private source = "";
  private renewed = false;

  /** Asked for when a link has run out: it brings new ones, and `load` is called with them. */
  constructor(private readonly renew: () => Promise<void>) {}

  /** The element that sounds. */
  attach = (audio: HTMLAudioElement): (() => void) => {
    this.audio = audio;
    const on = (kind: string, hear: () => void) => audio.addEventListener(kind, hear);
    on("playing", () => this.sounds());
    on("pause", () => this.rests());
    on("ended", () => this.rests());
    on("waiting", () => (this.waiting = true));
    on("timeupdate", () => this.look());
    on("seeked", () => this.look());
    on("loadedmetadata", () => this.settle());
    on("error", () => void this.mend());
    if (this.source) this.take(this.source);
    return () => {
      audio.pause();
      this.audio = null;
    };
  };

  /** Give it its sound. The same file goes on undisturbed; another begins where this one was. */
  load(url: string, length: number): void {
    this.length = length;
    if (this.source && fileOf(url) === fileOf(this.source) && !this.broken && !this.renewed) {
      this.source = url;
      return;
    }
    this.broken = false;
    this.take(url);
  }

  private take(url: string): void {
    this.source = url;
    if (!this.audio) return;
    const on = this.playing;
    this.audio.src = url;
    if (on) void this.play();
  }

  async play(): Promise<void> {
    if (!this.audio) return;
    if (this.audio.ended || this.place >= this.length) this.seek(0);
    alone(this);
    this.playing = true;
    await this.audio.play().catch((why: Error) => {
      if (why.name === "NotAllowedError") this.rests();
    });
  }

  pause(): void {
    this.playing = false;
    this.audio?.pause();
  }

  toggle(): void {
    if (this.playing) this.pause();
    else void this.play();
  }

  seek(place: number): void {
    this.place = within(place, this.length);
    if (this.audio && this.audio.readyState > 0) this.audio.currentTime = this.place / 1000;
  }

  by(step: number): void {
    this.seek(this.place + step);
  }

  pace(speed: number): void {
    this.speed = speed;
    if (this.audio) this.audio.playbackRate = this.audio.defaultPlaybackRate = speed;
  }

  /** The sound is known: on to the place, at the speed. */
  private settle(): void {
    if (!this.audio) return;
    this.audio.currentTime = this.place / 1000;
    this.audio.playbackRate = this.speed;
    this.renewed = false;
  }

  private sounds(): void {
    this.playing = true;
    this.waiting = false;
  }

  private rests(): void {
    this.playing = this.waiting = false;
  }

  private look(): void {
    // Before the sound is known it stands at its beginning, wherever one is to go.
    if (!this.audio || this.audio.readyState === 0 || this.audio.seeking) return;
    this.place = within(this.audio.currentTime * 1000, this.length);
    if (!this.audio.paused && this.audio.readyState > 2) this.waiting = false;
  }

  /** A link has run out, or the line broke: once with new links, then it is said. */
  private async mend(): Promise<void> {
    if (this.renewed) {
      this.broken = true;
      return this.rests();
    }
    this.renewed = true;
    this.waiting = this.playing;
    await this.renew().catch(() => {
      this.broken = true;
      this.rests();
    });
  }

  again(): void {
    this.renewed = this.broken = false;
    void this.mend();
  }
}

/** A short sound beside the player, a clip: starts where it begins, and the player falls silent. */
export class Snippet {
  playing = $state(false);
  place = $state(0);
  broken = $state(false);
  /** The newest link, but while it sounds the one it sounds from. */
  source = $state<string | null>(null);
  private audio: HTMLAudioElement | null = null;
  private until = Infinity;

  attach = (audio: HTMLAudioElement): (() => void) => {
    this.audio = audio;
    audio.addEventListener("timeupdate", () => this.look());
    audio.addEventListener("ended", () => this.pause());
    audio.addEventListener("error", () => {
      this.broken = this.playing;
      this.playing = false;
    });
    return () => {
      audio.pause();
      this.audio = null;
    };
  };

  load(url: string | null): void {
    if (!this.playing) this.source = url;
  }

  /** Play a sound, or the stretch of it from `begins` to `ends`. */
  async play(begins = 0, ends = Infinity): Promise<void> {
    if (!this.audio) return;
    alone(this);
    this.until = ends;
    this.broken = false;
    this.playing = true;
    this.audio.currentTime = begins / 1000;
    await this.audio.play().catch(() => this.pause());
  }

  pause(): void {
    this.playing = false;
    this.audio?.pause();
  }

  private look(): void {
    this.place = (this.audio?.currentTime ?? 0) * 1000;
    if (this.place >= this.until) this.pause();
  }
}
