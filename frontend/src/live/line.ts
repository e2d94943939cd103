import { Backoff } from "./backoff";
import type { AnyCommand, AnyFrame } from "./protocol";

/** What became of a command. */
export type Outcome = { ok: true; made: string | null } | { ok: false; code: string; text: string };

/** A command without its id, which the line gives. */
export type Wanted = AnyCommand extends infer C ? (C extends AnyCommand ? Omit<C, "id"> : never) : never;

export type LineState = "connecting" | "open" | "broken" | "closed";

export interface Ears {
  /** The line stands; the page says now where it is. */
  opened(): void;
  frame(frame: AnyFrame): void;
  state(state: LineState): void;
  /** A host sent one out of the room; the line does not come back by itself. */
  sentOut(banned: boolean): void;
}

/** How the server ends the line of somebody who was sent out (docs/building/protocol.md). */
const REMOVED = 4001;
const BANNED = 4002;
/** The server is stopped on purpose, and says in the reason when to come back. */
const RESTARTS = 1012;

const SILENT_TOO_LONG = 6000;
const STABLE = 10_000;
const ANSWER_WITHIN = 15_000;

interface Pending {
  text: string;
  done: (outcome: Outcome) => void;
  sent: boolean;
}

/**
 * One WebSocket to `/live` that comes back by itself.
 *
 * Commands have ids and get an outcome; what was on its way when the line broke is sent again with the same id once
 * the page is in its room again (`resend`), so nothing is done twice.
 */
export class Line {
  private socket: WebSocket | null = null;
  private readonly pending = new Map<string, Pending>();
  private readonly backoff = new Backoff();
  private count = 0;
  private refusals = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private watch: ReturnType<typeof setTimeout> | undefined;
  private stable: ReturnType<typeof setTimeout> | undefined;
  private closed = false;
  private readonly prefix = Math.random().toString(36).slice(2, 10);

  constructor(
    private readonly address: string,
    private readonly ears: Ears,
  ) {}

  get isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  open(): void {
    this.closed = false;
    clearTimeout(this.retry);
    this.drop();
    this.ears.state("connecting");
    this.backoff.tried(Date.now());
    const socket = new WebSocket(this.address);
    this.socket = socket;
    socket.onopen = () => {
      this.refusals = 0;
      this.stable = setTimeout(() => this.backoff.stood(), STABLE);
      this.ears.state("open");
      this.ears.opened();
    };
    socket.onmessage = (message) => this.hear(message.data as string);
    socket.onclose = ({ code, reason }) => {
      if (code === REMOVED || code === BANNED) return this.sentOut(code === BANNED);
      if (code === RESTARTS) this.backoff.told(reason);
      this.broke(socket);
    };
  }

  /** Open it unless it is open or on its way. */
  ensure(): void {
    if (this.socket === null) this.open();
  }

  /** Leave for good. */
  close(): void {
    this.closed = true;
    clearTimeout(this.retry);
    this.drop();
    this.fail("line.closed", "You have left the room.");
    this.ears.state("closed");
  }

  /** Try at once, if this minute still has a try left. */
  tryNow(): void {
    if (!this.closed && !this.isOpen && this.backoff.budget(Date.now()) === 0) this.open();
  }

  /** Begin anew, where it was begun. */
  restart(): void {
    if (this.socket !== null) this.open();
  }

  /** From the first frame of a room on, silence means that the line is dead: the server speaks every two seconds. */
  watched(): void {
    clearTimeout(this.watch);
    const socket = this.socket;
    if (socket !== null) this.watch = setTimeout(() => this.broke(socket), SILENT_TOO_LONG);
  }

  /** Do something; it waits for the line where it is broken. */
  do(wanted: Wanted, id = this.id()): Promise<Outcome> {
    return new Promise((done) => {
      const text = JSON.stringify({ id, ...wanted });
      const pending = { text, done, sent: false };
      this.pending.set(id, pending);
      setTimeout(() => this.late(id), ANSWER_WITHIN);
      this.send(pending);
    });
  }

  id(): string {
    this.count += 1;
    return `${this.prefix}${this.count}`;
  }

  /** Send again what was on its way. */
  resend(): void {
    for (const pending of this.pending.values()) if (!pending.sent) this.send(pending);
  }

  private send(pending: Pending): void {
    if (!this.isOpen) return;
    pending.sent = true;
    this.socket?.send(pending.text);
  }

  private hear(text: string): void {
    const frame = JSON.parse(text) as AnyFrame;
    if (frame.type === "snapshot" || frame.type === "tick") this.watched();
    if (frame.type === "ack") this.settle(frame.id, { ok: true, made: frame.made });
    if (frame.type === "refused" && frame.id !== null) {
      this.settle(frame.id, { ok: false, code: frame.code, text: frame.text });
    }
    this.ears.frame(frame);
  }

  private settle(id: string, outcome: Outcome): void {
    this.pending.get(id)?.done(outcome);
    this.pending.delete(id);
  }

  private late(id: string): void {
    this.settle(id, { ok: false, code: "line.late", text: "No answer came. Try again in a moment." });
  }

  private fail(code: string, text: string): void {
    for (const id of [...this.pending.keys()]) this.settle(id, { ok: false, code, text });
  }

  private sentOut(banned: boolean): void {
    this.close();
    this.ears.sentOut(banned);
  }

  private broke(socket: WebSocket): void {
    if (socket !== this.socket) return;
    this.drop();
    if (this.closed) return;
    this.ears.state("broken");
    this.later();
  }

  private later(): void {
    this.retry = setTimeout(() => this.again(), this.backoff.wait(Date.now()));
  }

  private async again(): Promise<void> {
    this.refusals += 1;
    const greeted = this.refusals % 4 !== 0 || (await this.greeted());
    if (this.closed) return;
    if (greeted && this.backoff.budget(Date.now()) === 0) this.open();
    else this.later();
  }

  /** Without a cookie the door stays shut; any page of ours brings a fresh one. That is a try, too. */
  private greeted(): Promise<boolean> {
    this.backoff.tried(Date.now());
    return fetch("/", { cache: "no-store" }).then(
      () => true,
      () => false,
    );
  }

  private drop(): void {
    clearTimeout(this.watch);
    clearTimeout(this.stable);
    for (const pending of this.pending.values()) pending.sent = false;
    const socket = this.socket;
    this.socket = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
