import { expect, test } from "vitest";
import type { AnyEvent, Question, Seat } from "$/live/protocol";
import type { RoomState } from "$/live/reduce";
import { told } from "./told";

const before = {
  at: { room: 0 },
  me: { person: "nour", role: "listener", voted: ["b"], questions: [] as Question[] },
  room: { questions: [] as Question[] },
} as RoomState;
const seat = { person: "nour", muted: true } as Seat;
const hears = (events: AnyEvent[], open = false, from = before) =>
  told({ type: "events", channel: "room", n: 1, events }, from, open);

test("a role is told when it is given, and not again", () => {
  expect(hears([{ is: "me.rights", role: "cohost", rights: [] }])).toEqual(["You are a co-host now."]);
  expect(hears([{ is: "me.rights", role: "listener", rights: ["react"] }])).toEqual([]);
});

test("who waits hears that the room has begun; at the desk one sees it", () => {
  const started: AnyEvent = { is: "room.started", at: 1 };
  const atDesk = { ...before, desk: {} } as RoomState;

  expect(hears([started])).toEqual(["The room has begun."]);
  expect(told({ type: "events", channel: "room", n: 1, events: [started] }, atDesk, false)).toEqual([]);
});

test("who listens hears how long it is quiet once a moment was taken out, who is on stage that nobody hears it", () => {
  const dumped: AnyEvent = { is: "room.dumped", begins: 1, ends: 2 };
  const room = {
    ...before.room,
    seats: [] as Seat[],
    settings: { safety_delay: 10 },
  } as unknown as RoomState["room"];
  const listener = { ...before, desk: null, room } as RoomState;
  const out = "A moment was taken out. Nobody in the audience hears it.";

  expect(hears([dumped], false, listener)).toEqual([
    "A moment was taken out. You hear the room again in 10 seconds.",
  ]);
  expect(hears([dumped], false, { ...listener, room: { ...room, seats: [seat] } })).toEqual([out]);
  expect(hears([dumped], false, { ...listener, desk: {} } as RoomState)).toEqual([out]);
});

test("whose hand a host took down is told, who lowered it is not", () => {
  const lowered = (by_host: boolean): AnyEvent => ({
    is: "me.hand",
    raised_at: null,
    note: null,
    by_host,
    lost_seat: false,
  });

  expect(hears([lowered(true)])).toEqual([
    "A host took all hands down. Raise yours again if you still wish to speak.",
  ]);
  expect(hears([lowered(false)])).toEqual([]);
});

test("those at the desk hear that somebody tried a speaker link that another uses", () => {
  const tried = (by: string | null): AnyEvent => ({ is: "speaker_link.tried", name: "Ida", by });

  expect(hears([tried("Jonas"), tried(null)])).toEqual([
    "Jonas tried the speaker link of Ida, which is in use.",
    "Somebody tried the speaker link of Ida, which is in use.",
  ]);
});

test("who leads from now on is told to everybody, and to the new host in their own words", () => {
  expect(hears([{ is: "host.changed", person: "tomasz", name: "Tomasz", why: "handed" }])).toEqual([
    "Tomasz leads the room now.",
  ]);
  expect(hears([{ is: "host.changed", person: "nour", name: "Nour", why: "lost" }])).toEqual([
    "You lead the room now.",
  ]);
});

test("who spoke is told of a host's mute; who muted themselves, or others, are not", () => {
  expect(hears([{ is: "speaker.changed", seat }], true)).toEqual(["A host muted you."]);
  expect(hears([{ is: "speaker.changed", seat }])).toEqual([]);
  expect(hears([{ is: "speaker.changed", seat: { ...seat, person: "karim" } }], true)).toEqual([]);
});

test("who was moved to the audience is told, who stepped down is not", () => {
  expect(hears([{ is: "speaker.left", person: "nour", why: "thanked" }])).toEqual([
    "The host thanks you. You go on listening.",
  ]);
  expect(hears([{ is: "speaker.left", person: "nour", why: "moved_down" }])).toEqual([
    "A host moved you to the audience. You go on listening.",
  ]);
  expect(hears([{ is: "speaker.left", person: "nour", why: "stepped_down" }])).toEqual([]);
});

test("who comes back muted after a lost line was muted by nobody, and nothing is told twice", () => {
  const back: AnyEvent[] = [
    { is: "speaker.changed", seat: { ...seat, held: true } },
    { is: "speaker.changed", seat },
  ];

  expect(hears(back, true)).toEqual([]);
  expect(
    told({ type: "events", channel: "room", n: 0, events: [{ is: "speaker.changed", seat }] }, before, true),
  ).toEqual([]);
});

test("what becomes of one's question is told to its asker, its answer to who voted for it", () => {
  const question = (state: Question["state"], more: Partial<Question> = {}) =>
    ({ id: "a", person: "nour", state, reason: null, ...more }) as Question;
  const changed = (one: Question): AnyEvent => ({
    is: "question.changed",
    question: one,
    open_count: 0,
    answered_count: 1,
  });

  expect(hears([{ is: "me.question", question: question("pending") }])).toEqual([
    "Your question is read first. You find it under Mine.",
  ]);
  expect(hears([{ is: "me.question", question: question("dismissed", { reason: "no_time" }) }])).toEqual([
    "Your question was not taken: There is no time for it.",
  ]);

  const onAir = ["a", "b", "c"].map((id) => question("on_air", { id }));
  const airing = { ...before, room: { ...before.room, questions: onAir } };
  const answered = (more: Partial<Question>, from = airing) =>
    hears([changed(question("answered", more))], false, from);
  expect(answered({})).toEqual(["Your question was answered."]);
  expect(answered({ id: "b", person: "ben" })).toEqual(["A question you voted for was answered."]);
  expect(answered({ id: "c", person: "ben" })).toEqual([]);
  // It was answered long ago, and its asker took their name off.
  expect(answered({ id: "b", person: null }, before)).toEqual([]);
});
