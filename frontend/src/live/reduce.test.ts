import { describe, expect, test } from "vitest";
import { NOW, folded, given, question, seat } from "./living";
import type { AnyEvent, AnyFrame } from "./protocol";
import { GAP, type RoomState, reduce } from "./reduce";

describe("numbers", () => {
  test("events that follow are folded and counted", () => {
    const next = folded(given(), { is: "speaker.came", seat: seat("karim") });
    expect(next.room.seats).toEqual([seat("karim")]);
    expect(next.at).toEqual({ room: 5, desk: 2, me: 1 });
  });

  test("a hole is told, so that the page resumes", () => {
    const frame: AnyFrame = {
      type: "events",
      channel: "room",
      n: 7,
      events: [{ is: "room.ended", at: NOW }],
    };
    expect(reduce(given(), frame, NOW)).toBe(GAP);
  });

  test("what is known already changes nothing", () => {
    const state = given();
    const frame: AnyFrame = {
      type: "events",
      channel: "room",
      n: 4,
      events: [{ is: "room.ended", at: NOW }],
    };
    expect(reduce(state, frame, NOW)).toBe(state);
  });

  test("of a frame that overlaps only the new part counts", () => {
    const before = given({ questions: [question("a")], open_count: 1 });
    const events: AnyEvent[] = [
      { is: "question.asked", question: question("a"), open_count: 2, answered_count: 0 },
      { is: "question.asked", question: question("b"), open_count: 2, answered_count: 0 },
    ];
    const next = reduce(before, { type: "events", channel: "room", n: 5, events }, NOW) as RoomState;
    expect(next.room.questions.map((one) => one.id)).toEqual(["a", "b"]);
    expect(next.room.open_count).toBe(2);
  });

  test("one event that is missing is a hole, and one that is known is not folded again", () => {
    const events: AnyEvent[] = [
      { is: "speaker.left", person: "karim", why: "lost" },
      { is: "speaker.came", seat: seat("fiona") },
    ];
    const frame = (n: number): AnyFrame => ({ type: "events", channel: "room", n, events });
    const before = given({ seats: [seat("karim")] });
    expect(reduce(before, frame(7), NOW)).toBe(GAP);
    const next = reduce(before, frame(5), NOW) as RoomState;
    expect(next.room.seats).toEqual([seat("karim"), seat("fiona")]);
  });
});

test("a tick tells who sounds, how many listen, and the server's clock", () => {
  const next = reduce(
    given(),
    { type: "tick", now: NOW + 2700, listeners: 412, stepped_forward: 3, speaking: [3, 1], reactions: {} },
    NOW + 2000,
  );
  expect(next).toMatchObject({ speaking: [3, 1], ahead: 700, room: { listeners: 412, stepped_forward: 3 } });
});

test("how long each on stage has spoken is as it was told last", () => {
  const before = reduce(given(), { type: "talk", spoken: { ada: 1000 }, long: ["ada"] }, NOW) as RoomState;
  const state = reduce(before, { type: "talk", spoken: { ada: 9000, ben: 500 }, long: [] }, NOW) as RoomState;

  expect(state.talk).toEqual({ spoken: { ada: 9000, ben: 500 }, long: [] });
});

test("a page for the desk goes on where the desk stands, and what is known stays", () => {
  const [first, second] = [question("a", { state: "pending" }), question("b", { state: "pending" })];
  const before = given();
  const desk = before.desk && { ...before.desk, questions: [first] };
  const page = {
    type: "questions",
    id: "c1",
    questions: [],
    desk: [{ ...first, text: "Old?" }, second],
  } as const;

  const next = reduce(
    { ...before, desk },
    { ...page, questions: [], desk: [...page.desk], more: false },
    NOW,
  );

  expect((next as RoomState).desk?.questions).toEqual([first, second]);
  expect((next as RoomState).room.questions).toEqual(before.room.questions);
});

test("reactions live five seconds", () => {
  const clap = (state: RoomState, counts: Record<string, number>, now: number) =>
    reduce(
      state,
      { type: "tick", now, listeners: 2, stepped_forward: 0, speaking: [], reactions: counts },
      now,
    ) as RoomState;
  const first = clap(given(), { clap: 3 }, NOW);
  const second = clap(first, { heart: 1 }, NOW + 3000);

  expect(second.murmur).toEqual([
    { at: NOW, counts: { clap: 3 } },
    { at: NOW + 3000, counts: { heart: 1 } },
  ]);
  expect(clap(second, {}, NOW + 5000).murmur).toEqual([{ at: NOW + 3000, counts: { heart: 1 } }]);
});

test("nothing that was given is changed", () => {
  const before = given({ seats: [seat("karim")] });
  const kept = structuredClone(before);
  folded(
    before,
    { is: "speaker.changed", seat: seat("karim", { muted: true }) },
    { is: "speaker.left", person: "karim", why: "stepped_down" },
  );
  expect(before).toEqual(kept);
});
