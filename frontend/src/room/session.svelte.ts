import { session as me } from "$/accounts/me.svelte";
import { t } from "$/i18n/words.svelte";
import { Answers } from "$/live/answers";
import { Line, type LineState, type Outcome, type Wanted } from "$/live/line";
import type { AnyFrame, Door as DoorFrame } from "$/live/protocol";
import { GAP, type RoomState, reduce } from "$/live/reduce";
import { chime } from "$/media/chime";
import { type Answer, Hearing } from "$/media/hearing.svelte";
import { sooner } from "$/media/sooner.svelte";
import { streamsOf } from "$/media/stream";
import type { Nearness } from "$/media/way";
import { toast } from "$/ui/toasts.svelte";
import { mayAgainst } from "./against";
import { asking } from "./asking";
import { near } from "./near.svelte";
import { later } from "./later";
import { nearness } from "./nearness";
import { playerKeys } from "./playerkeys";
import { type Heard, Silence } from "./silence";
import { told } from "./told";
import { Voice } from "./voice.svelte";
import { isOver } from "./words";

export type Link = "none" | "connecting" | "live" | "reconnecting";

const isLive = (state: RoomState | null) => state?.room.phase === "live";
const talks = (state: RoomState | null) => state?.desk?.talking.includes(state.me.person) ?? false;

/** Something that is heard instead of the stage for a while. */
export interface Beside {
  follow(state: RoomState | null): void;
  back(): void;
}

const spoken = (frame: AnyFrame | null): Answer => (frame?.type === "answer" ? { sdp: frame.sdp } : "none");
/** One is in the room, and only its sound was refused. */
const soundless = (code: string) => code.startsWith("media.") || code.startsWith("sdp.");

/** Being in a room: its state, the line, the sound, one's own voice. It lives above the pages, so sound goes on while one browses. */
export class RoomSession {
  /** The room's public name; null where one is in none. */
  room = $state<string | null>(null);
  state = $state.raw<RoomState | null>(null);
  link = $state<Link>("none");
  /** Why the room cannot be entered. */
  refusal = $state.raw<{ code: string; text: string } | null>(null);
  /** The room a host sent one out of, and whether for good. */
  out = $state.raw<{ room: string; banned: boolean } | null>(null);
  /** One stands outside a locked door and has knocked: what hosts have said so far. */
  knock = $state<"waits" | "turned away" | null>(null);
  /** One has said that one hears nothing. */
  deaf = $state(false);
  private silence = new Silence();
  readonly voice = new Voice({
    state: () => this.state,
    may: (right) => this.may(right),
    do: (wanted, quiet) => this.do(wanted, quiet),
    peer: () => this.hearing.peer,
    fromHere: () => this.tabs.postMessage(this.room),
  });
  readonly hearing: Hearing;
  beside: Beside | null = null;
  private readonly line: Line;
  private readonly answers = new Answers();
  private entered = false;
  private inside = false;
  private waiting: (() => void) | null = null;
  private readonly tabs = new BroadcastChannel("causerie");

  constructor() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    this.line = new Line(`${scheme}://${location.host}/live`, {
      opened: () => this.opened(),
      frame: (frame) => this.hear(frame),
      state: (state) => this.lined(state),
      sentOut: (banned) => this.sentOut(banned),
    });
    this.hearing = new Hearing({
      renew: () => void this.listenAgain(),
      took: (peer) => this.voice.carriedBy(peer),
      streams: async () => (this.room === null ? null : streamsOf(this.room)),
      nearness: () => this.nearness,
      back: () =>
        toast(
          this.nearness === "near"
            ? t("You come up soon: you hear the room live again.")
            : t("You hear the room live again."),
        ),
    });
    this.tabs.onmessage = (message: MessageEvent<string>) => this.otherTab(message.data);
    addEventListener("online", () => {
      this.line.tryNow();
      this.hearing.seen();
    });
    addEventListener("pagehide", () => this.hearing.peer?.close());
    document.addEventListener("visibilitychange", () => this.seen());
  }

  // ---- coming and going ----

  /** Stand before a room's door: nothing is heard and nobody is counted, but all is ready for the press. */
  approach(): void {
    if (this.entered || this.link !== "none") return;
    this.hearing.prepare();
    this.line.open();
  }

  /** Enter and hear, within a press. */
  async listen(room: string): Promise<void> {
    performance.mark("causerie:gesture");
    this.come(room);
    playerKeys.begin(this);
    await this.hearing.begin((sdp) => this.enter(sdp));
  }

  /** Enter without sound: one sits in the hall and hears it anyway. */
  async attend(room: string): Promise<void> {
    this.come(room);
    this.hearing.end();
    await this.enter(null);
  }

  private come(room: string): void {
    if (this.room !== null && this.room !== room) this.leave();
    this.room = room;
    this.entered = true;
    this.refusal = this.out = this.knock = null;
    this.link = this.link === "none" ? "connecting" : this.link;
  }

  /** Ask to be let into a locked room; where hosts open, one is inside and hears. */
  async knockAt(room: string, name: string | null, note: string | null): Promise<Outcome> {
    this.approach();
    if (!this.line.isOpen) await this.lineOpen();
    const outcome = await this.line.do({ do: "room.knock", room, name, note });
    this.knock = outcome.ok ? "waits" : null;
    return outcome;
  }

  /** Leave quietly. */
  leave(): void {
    this.voice.stop();
    this.hearing.end();
    if (this.inside) void this.line.do({ do: "room.leave" });
    this.line.close();
    this.entered = this.inside = this.deaf = false;
    this.silence = new Silence();
    this.room = this.state = this.refusal = this.knock = null;
    this.beside?.follow(null);
    this.link = "none";
    this.waiting?.();
    playerKeys.end(this);
  }

  /** Stop the sound and stay in the room, or hear it again. */
  async pause(): Promise<void> {
    this.beside?.back();
    playerKeys.plays(!this.hearing.wanted);
    if (this.hearing.wanted) {
      this.hearing.end();
      this.hearsNothing(false);
      await this.line.do({ do: "media.close" });
    } else await this.hearing.begin((sdp) => this.offer(sdp));
  }

  /** Hear it again, however it came to be silent: the play key of a lock screen. */
  async resume(): Promise<void> {
    if (this.hearing.wanted) await this.hearing.tap();
    else await this.pause();
  }

  /** *I hear nothing*, or hear again; hosts see how many. Where nothing plays although somebody speaks, the page says so itself. */
  hearsNothing(on: boolean): void {
    this.silence.says(on, this.heard, Date.now());
    this.tellSilence();
  }

  /** Hear the voices themselves, or the programme; this device keeps it. */
  hearSooner(on: boolean): void {
    sooner.set(on);
    if (this.inside) void this.do({ do: "media.lowest_delay", on });
  }

  /** Who one is has changed by signing in or out: the line begins anew. */
  changedPerson(): void {
    this.line.restart();
  }

  tryNow(): void {
    this.line.tryNow();
  }

  // ---- what one sees ----

  may(right: string): boolean {
    return this.state?.me.rights.includes(right) ?? false;
  }

  /** How soon one speaks here. */
  get nearness(): Nearness {
    return nearness(this.state, this.voice.inFront);
  }

  /** Whether one may do this about this person. */
  mayOn(right: string, person: string): boolean {
    const { state } = this;
    return state !== null && this.may(right) && mayAgainst(state, person, me.person?.admin ?? false);
  }

  /** Whether one can come on stage here: who has given no name yet would be a guest. */
  get comesUp(): boolean {
    const { state } = this;
    if (state === null) return false;
    return state.me.name === null ? state.room.settings.guests_speak : this.may("hand.raise");
  }

  /** Whether one can ask here: where members of its group alone do, or accounts alone, nobody is asked for a name first. */
  get asks(): boolean {
    return this.state !== null && (this.may("question.ask") || asking(this.state.room, me.person) === "open");
  }

  // ---- doing ----

  /** Do something in the room; a refusal is shown unless the caller shows it. */
  async do(wanted: Wanted, quiet = false): Promise<Outcome> {
    const outcome = await this.line.do(wanted);
    if (!outcome.ok && !quiet) toast(t(outcome.text));
    return outcome;
  }

  /** Ask what is answered by a frame of its own; null where it is refused. */
  async ask(wanted: Wanted): Promise<AnyFrame | null> {
    const id = this.line.id();
    const answer = this.answers.to(id);
    const outcome = await this.line.do(wanted, id);
    return outcome.ok ? answer : null;
  }

  // ---- the line ----

  private opened(): void {
    if (this.waiting) this.waiting();
    else if (this.entered) this.goIn();
  }

  private goIn(): void {
    if (this.hearing.wanted) void this.hearing.connect((sdp) => this.enter(sdp));
    else void this.enter(null);
  }

  private lined(state: LineState): void {
    if (state === "closed") return;
    if (state === "broken") {
      this.knock = null;
      this.inside = false;
      this.voice.talkback.ended();
      this.answers.none();
    }
    if (!this.entered) this.link = "none";
    else if (state === "broken") this.link = "reconnecting";
  }

  /** Go in, with an offer where one wants to hear; gives the answer to it. */
  private async enter(sdp: string | null): Promise<Answer> {
    if (!this.line.isOpen) await this.lineOpen();
    const room = this.room;
    if (room === null) return "none";
    const { state } = this;
    const since = state && { epoch: state.epoch, person: state.me.person, ...state.at };
    const id = this.line.id();
    const outcome = this.line.do({ do: "room.enter", room, since, sdp }, id);
    const answer: Promise<Answer> = sdp === null ? Promise.resolve("none") : this.answered(id, outcome);
    const told = await outcome;
    if (told.ok || soundless(told.code)) this.settled();
    else if (told.code.startsWith("room.")) this.refused(told);
    return answer;
  }

  /** The press may come before the line stands; the offer waits and goes with the entering. */
  private lineOpen(): Promise<void> {
    return new Promise((open) => {
      this.waiting = () => {
        this.waiting = null;
        open();
      };
      this.line.ensure();
    });
  }

  private settled(): void {
    this.inside = true;
    this.link = "live";
    this.line.resend();
    if (sooner.on) void this.do({ do: "media.lowest_delay", on: true }, true);
    // Held when the line was lost, and let go of meanwhile.
    if (talks(this.state) && !this.voice.talkback.busy)
      void this.do({ do: "backstage.talk", on: false }, true);
  }

  private refused(outcome: { code: string; text: string }): void {
    this.leave();
    this.refusal = outcome;
  }

  private sentOut(banned: boolean): void {
    const { room } = this;
    this.inside = false;
    this.leave();
    this.out = room === null ? null : { room, banned };
  }

  private hear(frame: AnyFrame): void {
    this.answers.hear(frame);
    if (frame.type === "door" && this.knock) this.door(frame);
    if (frame.type === "sound" && frame.link !== "up" && this.inside) this.hearing.dropped();
    if (frame.type === "microphone.moved") this.speaksElsewhere();
    for (const said of told(frame, this.state, this.voice.captures)) toast(said);
    const next = reduce(this.state, frame, Date.now());
    if (next === GAP) this.line.restart();
    else if (next !== this.state) this.changed(next);
    if (frame.type === "tick" && this.inside) this.tellSilence();
  }

  private get heard(): Heard {
    const { sound } = this.hearing;
    if (sound === "playing") return "plays";
    const others = this.state?.speaking.some((number) => number !== this.state?.me.number);
    return others && sound !== "off" ? "dumb" : "unknown";
  }

  private tellSilence(): void {
    const silent = this.silence.news(this.heard, Date.now());
    this.deaf = this.silence.said;
    if (silent !== null && this.inside) void this.do({ do: "sound.silent", on: silent }, true);
  }

  private door({ room, open }: DoorFrame): void {
    if (open) void this.listen(room);
    else this.knock = "turned away";
  }

  private changed(next: RoomState | null): void {
    const before = this.state;
    const began = this.state !== null && !isLive(this.state) && isLive(next);
    if (began && this.hearing.wanted) chime();
    const invited = next?.me.invitation && !this.state?.me.invitation;
    const talked = talks(this.state) && !talks(next);
    this.state = next;
    if (talked) this.voice.talkback.ended();
    playerKeys.tell(next?.room ?? null);
    this.voice.follow(next);
    this.beside?.follow(next);
    if (began) this.hearing.began();
    this.hearing.moved();
    if (next && isOver(next.room.phase))
      this.hearing.over(before !== null && isLive(before) ? later(before) : 0);
    if (invited) navigator.vibrate?.(200);
  }

  // ---- sound ----

  private async listenAgain(): Promise<void> {
    if (this.inside && this.line.isOpen) await this.hearing.connect((sdp) => this.offer(sdp));
  }

  private async offer(sdp: string): Promise<Answer> {
    const id = this.line.id();
    return this.answered(id, this.line.do({ do: "media.offer", sdp }, id));
  }

  /** What came of the offer in this command. */
  private async answered(id: string, outcome: Promise<Outcome>): Promise<Answer> {
    const answer = this.answers.to(id).then(spoken);
    const told = await outcome;
    if (told.ok) return answer;
    return told.code === "media.full" ? "full" : "none";
  }

  private seen(): void {
    if (document.visibilityState !== "visible") return;
    this.line.tryNow();
    this.hearing.seen();
    if (this.hearing.sound === "playing") void this.hearing.tap();
  }

  /** One's microphone is on another device now: here nothing is taken up any more. */
  private speaksElsewhere(): void {
    this.voice.stop();
    if (this.hearing.wanted) toast(t("You speak from another device now. This one is quiet."));
  }

  /** Somebody speaks from another tab of this browser: here the room falls silent, so that nothing echoes. */
  private otherTab(room: string): void {
    if (room !== this.room || !this.hearing.wanted) return;
    void this.pause();
    toast(t("You speak from another tab. The sound is off in this one."));
  }
}

export const room = new RoomSession();
near.session = room;

addEventListener("beforeunload", () => room.voice.mic.close());

/** Signing in or out changes who the line belongs to. */
me.onchange = () => room.changedPerson();
