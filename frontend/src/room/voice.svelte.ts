import { t } from "$/i18n/words.svelte";
import type { Outcome, Wanted } from "$/live/line";
import { CONSENT_WORDS } from "$/live/protocol";
import type { RoomState } from "$/live/reduce";
import { Microphone } from "$/media/microphone.svelte";
import type { Peer } from "$/media/peer";
import { stayAwake } from "$/media/quirks";
import { toast } from "$/ui/toasts.svelte";
import { Deck } from "./deck";
import { TalkBack } from "./talkback.svelte";

/** What one's own voice needs of the room. */
export interface Spoken {
  state(): RoomState | null;
  may(right: string): boolean;
  /** Do something in the room; a refusal is shown unless it is quiet. */
  do(wanted: Wanted, quiet?: boolean): Promise<Outcome>;
  /** The connection by which one is heard. */
  peer(): Peer | null;
  /** One speaks from this tab now, and from no other. */
  fromHere(): void;
}

/** One's own voice in a room: the microphone, and whether it is heard on stage, backstage, or not at all. */
export class Voice {
  readonly mic = new Microphone();
  readonly talkback = new TalkBack({
    microphone: () => this.mic.open(),
    say: async (on) => (await this.room.do({ do: "backstage.talk", on })).ok && on,
    speak: () => this.speak(),
    shut: () => this.shut(),
    goOn: () => this.goOn(),
  });
  readonly deck = new Deck({
    hold: () => this.held(),
    say: async (on) => (await this.room.do({ do: on ? "deck.ready" : "deck.not_ready" })).ok,
    onStage: () => this.seat !== undefined,
    onDeck: () => !!this.room.state()?.me.on_deck,
    opensIn: () => {
      const state = this.room.state();
      return (state?.room.opens?.opens_at ?? 0) - Date.now() - (state?.ahead ?? 0);
    },
    prepare: async () => this.room.peer()?.speak(this.mic.track),
    goOn: () => this.goOn(),
    stop: () => this.stop(),
  });
  private sleepAgain: (() => void) | null = null;

  constructor(private readonly room: Spoken) {
    this.mic.wentAway = () => void this.away(true);
    this.mic.cameBack = () => {
      void this.away(false);
      if (this.place) toast(t("Your microphone is back, and shut. Open it to speak."));
    };
  }

  // ---- what one sees ----

  /** One's seat on stage. */
  get seat() {
    const state = this.room.state();
    return state?.room.seats.find((seat) => seat.person === state.me.person);
  }

  /** One is on stage or backstage: there is a microphone to open. */
  get inFront(): boolean {
    return this.place !== null;
  }

  /** One's own place on stage or backstage, where one is in either. */
  private get place(): { muted: boolean } | null {
    return this.seat ?? this.room.state()?.me.backstage ?? null;
  }

  /** One's own microphone is open, to the room or to those backstage. */
  get open(): boolean {
    return this.place?.muted === false && this.mic.track !== null;
  }

  /** One is heard, and not by this device: by another of one's own. */
  get elsewhere(): boolean {
    return this.place?.muted === false && !this.seat?.away && this.mic.track === null;
  }

  /** What a press on the microphone does, in a word. */
  get press(): string {
    return this.open ? t("Mute") : this.elsewhere ? t("Speak from this device") : t("Unmute");
  }

  /** One's own microphone is open and takes up what one says. */
  get captures(): boolean {
    return this.open && this.mic.capturing;
  }

  // ---- doing ----

  /** The second of the two keys: ask the browser for the microphone, then take the seat; `keep`: one's part, where it is recorded. */
  async accept(keep: boolean | null = null): Promise<Outcome | null> {
    if (!(await this.mic.open())) return null;
    this.room.fromHere();
    const part = keep === null ? null : { keep, words: CONSENT_WORDS };
    const outcome = await this.room.do({ do: "stage.accept", part });
    if (!outcome.ok) this.mic.close();
    else if (this.mic.track && !this.place?.muted) await this.speak();
    return outcome;
  }

  async decline(): Promise<void> {
    this.mic.close();
    await this.room.do({ do: "stage.decline" });
  }

  async unmute(): Promise<void> {
    if (!(await this.mic.open())) return;
    this.room.fromHere();
    const outcome = await this.room.do({ do: "microphone.unmute" });
    if (outcome.ok) await this.speak();
  }

  /** Shut at once here, then at the server. */
  async mute(): Promise<void> {
    await this.shut();
    if (this.place?.muted === false) await this.room.do({ do: "microphone.mute" });
  }

  async stepDown(): Promise<void> {
    this.stop();
    await this.room.do({ do: "stage.step_down" });
  }

  /** Another device was chosen: it is the one that is heard. */
  async respeak(): Promise<void> {
    if (this.open) await this.room.peer()?.speak(this.mic.track);
  }

  /** Give the microphone back; the screen may go dark again. */
  stop(): void {
    void this.shut();
    this.mic.close();
    this.sleepAgain?.();
    this.sleepAgain = null;
  }

  // ---- what happens to it ----

  /** A new connection carries it on. */
  carriedBy(peer: Peer): void {
    if (this.open || this.talkback.on) void peer.speak(this.mic.track);
  }

  /** The room is otherwise: muted by a host, moved down, back after a lost line, nothing is captured any more. */
  follow(next: RoomState | null): void {
    if (!this.mic.track || next?.me.invitation || next?.me.on_deck || this.talkback.busy) return;
    if (this.deck.ahead) this.deck.called();
    else if (!this.place && !this.room.may("backstage.talk")) this.stop();
    else if (this.place?.muted !== false) void this.shut();
  }

  /** A call or a loose plug took the microphone: silent at once, and everybody sees why. */
  private async away(on: boolean): Promise<void> {
    await this.shut();
    if (this.seat) await this.room.do({ do: "microphone.away", on }, true);
    else if (this.open) await this.room.do({ do: "microphone.mute" }, true);
  }

  /** A microphone that captures nothing yet. */
  private async held(): Promise<boolean> {
    if (!(await this.mic.open())) return false;
    this.mic.capture(false);
    this.room.fromHere();
    return true;
  }

  private async speak(): Promise<void> {
    this.mic.capture(true);
    await this.room.peer()?.speak(this.mic.track);
    this.sleepAgain ??= await stayAwake();
  }

  /** Heard again where one was, unless one is muted by now. */
  private async goOn(): Promise<void> {
    if (this.open) await this.speak();
  }

  private async shut(): Promise<void> {
    this.mic.capture(false);
    await this.room.peer()?.speak(null);
  }
}
