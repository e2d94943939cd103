import { t } from "$/i18n/words.svelte";
import type { CatchUpAnswer } from "$/live/protocol";
import type { RoomState } from "$/live/reduce";
import { toast } from "$/ui/toasts.svelte";
import { type Away, after, glided, missed } from "./catchup";
import type { Beside } from "./session.svelte";
import { isOver } from "./words";

const STEP = 20;

/** The room one is in, as far as catching up needs it. */
export interface Hall {
  readonly state: RoomState | null;
  readonly hearing: { readonly playback: { live: number; readonly earlier: HTMLAudioElement } };
  /** One is on stage, or before it. */
  readonly voice: { readonly inFront: boolean };
}

/** Hearing the answers so far, one after another, while the room goes on; the live sound makes room and comes back. */
export class CatchUp implements Beside {
  /** One catches up now. */
  on = $state(false);
  now = $state.raw<CatchUpAnswer | null>(null);
  playing = $state(false);
  waiting = $state(false);
  broken = $state(false);
  /** Where in the answer one is, in milliseconds. */
  place = $state(0);
  speed = $state(1.5);
  /** How many one has been through since one began. */
  done = $state(0);
  private came = $state(0);
  private away = $state.raw<Away[]>([]);
  private heard = $state.raw<ReadonlySet<string>>(new Set());
  private inside = "";
  private audio: HTMLAudioElement | null = null;
  private renewed = false;
  private gliding: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly hall: Hall) {
    this.follow(hall.state);
  }

  /** What one has missed of this room, and can hear. */
  get left(): CatchUpAnswer[] {
    const answers = this.hall.state?.room.catch_up ?? [];
    return missed(answers, this.came, this.away, this.heard);
  }

  /** Hear the first of them, within a press. */
  begin(): void {
    const [first] = this.left;
    if (first === undefined || this.on) return;
    this.on = true;
    this.done = 0;
    this.away = [...this.away, { from: this.moment(), until: Infinity }];
    this.hear(first);
    this.glide(0);
  }

  /** Back to live. */
  back(): void {
    if (!this.on) return;
    this.leave();
    this.glide(1);
    toast(t("You hear the room live again."));
  }

  toggle(): void {
    if (this.playing) this.audio?.pause();
    else if (this.broken && this.now) this.again(this.now);
    else void this.play();
  }

  next(): void {
    if (this.now === null) return;
    this.heard = new Set([...this.heard, this.now.question]);
    this.done += 1;
    this.goOn(this.now);
  }

  private goOn(from: CatchUpAnswer): void {
    const following = after(this.left, from);
    if (following) this.hear(following);
    else this.back();
  }

  by(step: number): void {
    if (this.audio !== null && this.audio.readyState > 0)
      this.audio.currentTime = Math.max(0, this.audio.currentTime + step / 1000);
  }

  pace(speed: number): void {
    this.speed = speed;
    if (this.audio) this.audio.playbackRate = this.audio.defaultPlaybackRate = speed;
  }

  follow(state: RoomState | null): void {
    if (state?.room.room !== this.inside) this.comes(state);
    if (state === null || !this.on || this.now === null) return;
    // Whoever is called to the stage has to hear what is said there.
    if (isOver(state.room.phase) || state.me.invitation || this.hall.voice.inFront) return this.back();
    const { question, url } = this.now;
    const there = state.room.catch_up.find((one) => one.question === question);
    // Somebody who is in it has left the recording: it may come again without them.
    if (there === undefined) this.goOn(this.now);
    else if (there.url !== url) this.hear(there, this.place);
  }

  /** Another room, or none: what one heard in the one before is over. */
  private comes(state: RoomState | null): void {
    if (this.on) {
      this.leave();
      this.glide(1, true);
    }
    this.inside = state?.room.room ?? "";
    this.came = this.moment(state);
    this.away = [];
    this.heard = new Set();
  }

  private moment(state: RoomState | null = this.hall.state): number {
    return Date.now() + (state?.ahead ?? 0);
  }

  private leave(): void {
    this.on = this.playing = this.waiting = this.broken = false;
    this.now = null;
    const until = this.moment();
    this.away = this.away.map((one) => (one.until === Infinity ? { ...one, until } : one));
  }

  private hear(answer: CatchUpAnswer, place = 0): void {
    const audio = (this.audio ??= this.sound());
    this.now = answer;
    this.place = place;
    this.broken = false;
    audio.src = answer.url;
    this.pace(this.speed);
    void this.play();
  }

  private async play(): Promise<void> {
    this.waiting = true;
    await this.audio?.play().catch((why: Error) => {
      if (why.name === "NotAllowedError") this.waiting = this.playing = false;
    });
  }

  private sound(): HTMLAudioElement {
    const audio = this.hall.hearing.playback.earlier;
    const on = (kind: string, hear: () => void) => audio.addEventListener(kind, () => this.on && hear());
    on("playing", () => {
      this.playing = true;
      this.waiting = this.broken = this.renewed = false;
    });
    on("pause", () => (this.playing = false));
    on("waiting", () => (this.waiting = true));
    on("timeupdate", () => audio.readyState > 0 && (this.place = audio.currentTime * 1000));
    on("loadedmetadata", () => (audio.currentTime = this.place / 1000));
    on("ended", () => this.next());
    on("error", () => this.now && this.mend(this.now));
    return audio;
  }

  /** A link is good for five minutes: once with a new one, then it is said. */
  private mend(answer: CatchUpAnswer): void {
    if (!this.renewed) return this.again(answer);
    this.broken = true;
    this.playing = this.waiting = false;
  }

  private again(answer: CatchUpAnswer): void {
    this.renewed = true;
    this.hear(answer, this.place);
  }

  /** The live sound comes or goes, and the earlier one the other way. */
  private glide(to: 0 | 1, atOnce = false): void {
    clearInterval(this.gliding);
    const { playback } = this.hall.hearing;
    const [from, began] = [playback.live, performance.now()];
    const step = () => {
      const hidden = atOnce || document.visibilityState === "hidden";
      playback.live = glided(from, to, performance.now() - began, hidden);
      if (playback.live !== to) return;
      clearInterval(this.gliding);
      if (to === 1) this.silence();
    };
    this.gliding = setInterval(step, STEP);
    step();
  }

  private silence(): void {
    this.audio?.pause();
    this.audio?.removeAttribute("src");
  }
}
