import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Line, type LineState } from "./line";
import type { AnyFrame } from "./protocol";

class FakeSocket {
  static all: FakeSocket[] = [];
  static readonly OPEN = 1;
  readyState = 0;
  sent: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;

  constructor() {
    FakeSocket.all.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.readyState = 3;
  }

  opens(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  says(frame: AnyFrame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  breaks(code = 1006, reason = ""): void {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }

  get commands(): { id: string; do: string }[] {
    return this.sent.map((text) => JSON.parse(text));
  }
}

const states: LineState[] = [];
const sentOut: boolean[] = [];
let line: Line;
const socket = (n = -1) => FakeSocket.all.at(n) as FakeSocket;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  FakeSocket.all = [];
  states.length = sentOut.length = 0;
  line = new Line("ws://here/live", {
    opened: () => undefined,
    frame: () => undefined,
    state: (state) => states.push(state),
    sentOut: (banned) => sentOut.push(banned),
  });
});

afterEach(() => {
  line.close();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("a command gets its outcome by its id", async () => {
  line.open();
  socket().opens();
  const done = line.do({ do: "hand.lower" });
  const refused = line.do({ do: "room.start" });
  const [first, second] = socket().commands;
  socket().says({
    type: "refused",
    id: second?.id ?? "",
    code: "room.may_not",
    text: "Only hosts can do this.",
  });
  socket().says({ type: "ack", id: first?.id ?? "", made: null });
  expect(await done).toEqual({ ok: true, made: null });
  expect(await refused).toEqual({ ok: false, code: "room.may_not", text: "Only hosts can do this." });
});

test("a command on its way when the line broke is sent again under the same id, once", async () => {
  line.open();
  socket().opens();
  const asked = line.do({ do: "question.ask", text: "Why?" });
  const { id } = socket().commands[0] ?? { id: "" };
  socket().breaks();
  vi.advanceTimersByTime(1000);
  socket().opens();
  line.resend();
  line.resend();
  expect(socket().commands.map((command) => command.id)).toEqual([id]);
  socket().says({ type: "ack", id, made: "q1" });
  expect(await asked).toEqual({ ok: true, made: "q1" });
});

test("six seconds without a frame are a dead line", () => {
  line.open();
  socket().opens();
  socket().says({ type: "tick", now: 0, listeners: 1, stepped_forward: 0, speaking: [], reactions: {} });
  vi.advanceTimersByTime(5900);
  expect(states.at(-1)).toBe("open");
  vi.advanceTimersByTime(200);
  expect(states.at(-1)).toBe("broken");
});

test("it comes back by itself, and not after it was closed", () => {
  line.open();
  socket().breaks();
  vi.advanceTimersByTime(1000);
  expect(FakeSocket.all.length).toBe(2);
  line.close();
  vi.advanceTimersByTime(120_000);
  expect(FakeSocket.all.length).toBe(2);
});

test("a server that is stopped says when to come back, and is asked then", () => {
  line.open();
  socket().opens();
  socket().breaks(1012, "restart 2300 1800");

  vi.advanceTimersByTime(2299);
  const early = FakeSocket.all.length;
  vi.advanceTimersByTime(1);
  socket().breaks();
  vi.advanceTimersByTime(1799);
  const between = FakeSocket.all.length;
  vi.advanceTimersByTime(1);

  expect([early, between, FakeSocket.all.length]).toEqual([1, 2, 3]);
});

test("a server away for ten minutes is asked twelve times in the first", async () => {
  const greeting = vi.fn(() => Promise.reject(new Error("away")));
  vi.stubGlobal("fetch", greeting);
  line.open();
  for (let second = 0; second < 60; second++) {
    if (FakeSocket.all.at(-1)?.readyState !== 3) socket().breaks();
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(FakeSocket.all.length + greeting.mock.calls.length).toBeLessThanOrEqual(12);
});

test("who was sent out is told so, and the line does not come back by itself", async () => {
  for (const code of [4001, 4002]) {
    line.open();
    socket().opens();
    const asked = line.do({ do: "hand.raise" });

    socket().breaks(code);

    expect(await asked).toMatchObject({ ok: false, code: "line.closed" });
    expect(states.at(-1)).toBe("closed");
  }
  const lines = FakeSocket.all.length;
  await vi.advanceTimersByTimeAsync(120_000);

  expect(sentOut).toEqual([false, true]);
  expect(FakeSocket.all.length).toBe(lines);
});
