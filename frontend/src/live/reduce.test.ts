import { describe, expect, test } from "vitest";
import type {
  AnyEvent,
  AnyFrame,
  Ban,
  Hand,
  Helper,
  Invitation,
  Knock,
  Question,
  RoomView,
  Seat,
  Snapshot,
} from "./protocol";
import { GAP, type RoomState, reduce } from "./reduce";

const NOW = 1_000_000;

const seat = (person: string, more: Partial<Seat> = {}): Seat => ({
  person,
  name: person,
  number: 1,
  role: "speaker",
  muted: false,
  held: false,
  since: NOW,
  portrait: null,
  bot: false,
  kept: false,
  wished: false,
  away: false,
  aside: false,
  ...more,
});

const question = (id: string, more: Partial<Question> = {}): Question => ({
  id,
  text: `${id}?`,
  person: "karim",
  name: "Karim",
  anonymous: false,
  myself: true,
  state: "open",
  votes: 0,
  guest_votes: 0,
  asked_at: NOW,
  on_air_at: null,
  answered_at: null,
  called_at: null,
  edited: false,
  held: null,
  reason: null,
  into: null,
  ...more,
});

function snapshot(room: Partial<RoomView> = {}): Snapshot {
  return {
    type: "snapshot",
    epoch: "e1",
    now: NOW + 500,
    at: { room: 4, desk: 2, me: 1 },
    room: {
      room: "river",
      title: "Can a river have rights?",
      description: "",
      visibility: "public",
      phase: "live",
      language: "en",
      starts_at: null,
      started_at: NOW,
      ended_at: null,
      ends_at: NOW,
      late_since: null,
      host: "Aurélie",
      host_person: "aurelie",
      chair_empty_since: null,
      ending: null,
      seats: [],
      stage_size: 50,
      hushed: false,
      questions: [],
      open_count: 0,
      answered_count: 0,
      listeners: 2,
      stepped_forward: 0,
      settings: {
        policy: "votes",
        alternate: "1:1",
        reactions: true,
        most_listeners: 0,
        visible_list: false,
        gentle_clock: 0,
        backstage: false,
        read_first: false,
        anonymous: "never",
        guests_ask: "read_first",
        guests_speak: false,
        guests_vote_counts: false,
        down_votes: false,
        questions_per_person: 3,
        slow: 0,
        length: 90,
        box_after_end: false,
        recording: "each",
        record_from_start: false,
        cohosts_without: [],
      },
      pinned: null,
      locked: false,
      captions: [],
      opens: null,
      topic: null,
      recording: { state: "off", since: null, before: 0 },
      catch_up: [],
      cover: null,
      ...room,
    },
    desk: {
      hands: [],
      invitations: [],
      waiting: [],
      backstage: [],
      talking: [],
      asking: [],
      entries: [],
      questions: [],
      pending_count: 0,
      dismissed_count: 0,
      words: [],
      agenda: [],
      one_network: {},
      helpers: [],
      asked: null,
      bans: [],
      knocks: [],
      raided: [],
      reports: [],
      silent: 0,
      lines: {},
      left_out: [],
      recording_missing: false,
      recording_trouble: null,
    },
    me: {
      person: "fiona",
      name: "Fiona",
      number: 7,
      role: "listener",
      rights: [],
      hand_at: null,
      note: null,
      lost_seat: false,
      invitation: null,
      waiting: null,
      backstage: null,
      voted: [],
      against: [],
      questions: [],
      place: null,
      on_deck: null,
      asked_to_host: null,
      recording: { asked: false, answer: null },
      line: "good",
    },
  };
}

function given(room: Partial<RoomView> = {}): RoomState {
  const state = reduce(null, snapshot(room), NOW);
  if (state === null || state === GAP) throw new Error("a snapshot is a state");
  return state;
}

function folded(state: RoomState, ...events: AnyEvent[]): RoomState {
  const frame: AnyFrame = { type: "events", channel: "room", n: state.at.room + events.length, events };
  const next = reduce(state, frame, NOW);
  if (next === null || next === GAP) throw new Error("these events follow");
  return next;
}

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

describe("questions", () => {
  test("the counts are those that were told, whatever this page knew of", () => {
    const next = folded(
      given({ questions: [question("a")], open_count: 61 }),
      { is: "question.asked", question: question("b"), open_count: 62, answered_count: 7 },
      {
        is: "question.changed",
        question: question("c", { state: "on_air" }),
        open_count: 61,
        answered_count: 8,
      },
    );
    expect(next.room.questions.map((one) => one.id)).toEqual(["a", "b", "c"]);
    expect([next.room.open_count, next.room.answered_count]).toEqual([61, 8]);
  });

  test("a question taken back, dismissed or joined with another is gone", () => {
    const questions = [question("a"), question("b"), question("c")];
    const counts = { open_count: 2, answered_count: 0 };
    const next = folded(
      given({ questions, open_count: 3 }),
      { is: "question.changed", question: question("a", { state: "withdrawn" }), ...counts },
      { is: "question.gone", question: "b", into: "c", open_count: 1, answered_count: 5 },
    );
    expect(next.room.questions.map((one) => one.id)).toEqual(["c"]);
    expect([next.room.open_count, next.room.answered_count]).toEqual([1, 5]);
  });

  test("what was open when the room ended is carried over, in every list", () => {
    const states = ["open", "answered"] as const;
    const all = states.map((state) => question(state, { state }));
    const before = given({ questions: all });
    const mine = { ...before.me, questions: [question("open", { anonymous: true })] };
    const next = folded({ ...before, me: mine }, { is: "questions.carried_over" });
    expect(next.room.questions.map((one) => one.state)).toEqual(["carried_over", "answered"]);
    expect(next.me.questions.map((one) => one.state)).toEqual(["carried_over"]);
  });

  test("one's vote goes with a question that is joined with another", () => {
    const next = folded(
      given(),
      { is: "me.voted", question: "a", value: -1 },
      { is: "me.voted", question: "b", value: 1 },
      { is: "me.merged", question: "a", into: "c", value: -1 },
      { is: "me.voted", question: "b", value: 0 },
    );
    expect([next.me.voted, next.me.against]).toEqual([[], ["c"]]);
  });

  test("tallies are absolute, and those not told stay", () => {
    const before = given({ questions: [question("a", { votes: 3 }), question("b", { votes: 5 })] });
    const next = folded(before, { is: "votes.counted", tallies: { a: 9 }, guests: { a: 2 } });
    expect(next.room.questions.map((one) => [one.votes, one.guest_votes])).toEqual([
      [9, 2],
      [5, 0],
    ]);
  });
});

describe("what only some are told", () => {
  const helper = (person: string, role: Helper["role"]): Helper => ({
    person,
    name: person,
    role,
    since: NOW,
    portrait: null,
  });
  const knock = (person: string, note: string | null = null): Knock => ({
    person,
    name: person,
    note,
    at: NOW,
    turned_away: false,
  });

  test("knocks keep their place, and end", () => {
    const next = folded(
      given(),
      { is: "knock.heard", knock: knock("karim") },
      { is: "knock.heard", knock: knock("fiona") },
      { is: "knock.heard", knock: knock("karim", "Please") },
    );
    expect(next.desk?.knocks).toEqual([knock("karim", "Please"), knock("fiona")]);
    expect(folded(next, { is: "knock.over", person: "karim" }).desk?.knocks).toEqual([knock("fiona")]);
    expect(folded(next, { is: "room.locked", on: false }).desk?.knocks).toEqual([]);
  });

  test("somebody has one part of the host's authority, or none", () => {
    const next = folded(
      given(),
      { is: "role.given", helper: helper("karim", "screener") },
      { is: "role.given", helper: helper("fiona", "captioner") },
      { is: "role.given", helper: helper("karim", "cohost") },
    );
    expect(next.desk?.helpers).toEqual([helper("fiona", "captioner"), helper("karim", "cohost")]);
    expect(folded(next, { is: "role.taken", person: "karim" }).desk?.helpers).toEqual([
      helper("fiona", "captioner"),
    ]);
  });

  test("who is asked to be host, since when nobody is, and that the room ends", () => {
    const asked = { person: "karim", name: "Karim" };
    const ending = { at: NOW, why: "no_chair" } as const;
    const next = folded(
      given(),
      { is: "host.asked", asked, why: "asked" },
      { is: "chair.empty", since: NOW, ends_at: NOW + 1 },
      { is: "room.ending", ending },
    );
    expect([next.desk?.asked, next.room.chair_empty_since, next.room.ending]).toEqual([asked, NOW, ending]);
    const filled = folded(next, { is: "chair.filled" }, { is: "room.ending", ending: null });
    expect([filled.room.chair_empty_since, filled.room.ending]).toEqual([null, null]);
  });

  test("when it began, and how its plan is now", () => {
    const plan = {
      phase: "live",
      title: "Swifts",
      description: "High up",
      language: "fr",
      visibility: "unlisted",
      starts_at: NOW + 1,
      ends_at: NOW + 2,
      late_since: NOW + 3,
    } as const;
    expect(folded(given({ started_at: null }), { is: "room.started", at: NOW + 9 }).room.started_at).toBe(
      NOW + 9,
    );
    expect(folded(given(), { is: "room.planned", ...plan }).room).toEqual({ ...given().room, ...plan });
  });

  test("who raises a hand again or is invited again is there once", () => {
    const hand = (person: string, note: string | null): Hand => ({
      person,
      name: person,
      note,
      raised_at: NOW,
      here: true,
    });
    const key = (person: string, until: number): Invitation => ({
      person,
      name: person,
      until,
      question: null,
    });
    const next = folded(
      given(),
      { is: "hand.raised", hand: hand("karim", null) },
      { is: "hand.raised", hand: hand("fiona", null) },
      { is: "hand.raised", hand: hand("karim", "Dust") },
      { is: "invitation.sent", invitation: key("karim", NOW) },
      { is: "invitation.sent", invitation: key("fiona", NOW) },
      { is: "invitation.sent", invitation: key("karim", NOW + 1) },
    );
    expect([next.desk?.hands, next.desk?.invitations]).toEqual([
      [hand("fiona", null), hand("karim", "Dust")],
      [key("fiona", NOW), key("karim", NOW + 1)],
    ]);
    const down = folded(
      next,
      { is: "hand.lowered", person: "karim" },
      { is: "invitation.closed", person: "karim", why: "declined" },
    );
    expect([down.desk?.hands, down.desk?.invitations]).toEqual([[hand("fiona", null)], [key("fiona", NOW)]]);
  });

  test("a hushed stage, who waits for a seat, and one's own place among them", () => {
    const waiting = [{ person: "karim", name: "Karim", since: NOW, here: true }];
    const next = folded(
      given(),
      { is: "stage.hushed", on: true },
      { is: "stage.awaited", waiting },
      { is: "me.waiting", place: 2 },
    );
    expect([next.room.hushed, next.desk?.waiting, next.me.waiting]).toEqual([true, waiting, 2]);
  });

  test("bans stand until they are lifted", () => {
    const ban = (id: string): Ban => ({
      id,
      person: id,
      name: id,
      network: false,
      reason: "",
      at: NOW,
      until: null,
    });
    const next = folded(given(), { is: "ban.given", ban: ban("a") }, { is: "ban.given", ban: ban("b") });
    expect(next.desk?.bans).toEqual([ban("a"), ban("b")]);
    expect(folded(next, { is: "ban.lifted", ban: "a" }).desk?.bans).toEqual([ban("b")]);
  });

  test("why one's place fell", () => {
    const fell = { why: "votes", n: 2 } as const;
    const place = { n: 3, minutes: null, after_end: null };
    const next = folded(given(), { is: "me.placed", place, fell });
    expect([next.me.place, next.fell]).toEqual([place, fell]);
  });

  test("a tally is told wherever the question is shown", () => {
    const before = given();
    const [mine, desk] = [question("mine"), question("desk")];
    const state: RoomState = {
      ...before,
      me: { ...before.me, questions: [mine] },
      desk: before.desk && { ...before.desk, questions: [desk] },
    };
    const next = folded(state, { is: "votes.counted", tallies: { mine: 4, desk: 5 }, guests: { desk: 1 } });
    expect([next.me.questions, next.desk?.questions]).toEqual([
      [{ ...mine, votes: 4 }],
      [{ ...desk, votes: 5, guest_votes: 1 }],
    ]);
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

// The server writes these: what somebody saw before, every frame since, and the snapshot it would give now.
interface Transcript {
  viewer: string;
  before: Snapshot;
  frames: AnyFrame[];
  after: Snapshot;
}

const transcripts = import.meta.glob<Transcript>("../../../tests/transcripts/*.json", {
  eager: true,
  import: "default",
});

/** What must agree; the order of questions is the list's business, and the audience's number comes with ticks. */
function comparable(state: Pick<RoomState, "room" | "desk" | "me" | "at">) {
  const { listeners: _, questions, ...room } = state.room;
  const desk = state.desk && {
    ...state.desk,
    hands: sorted(state.desk.hands),
    invitations: sorted(state.desk.invitations),
    questions: byId(state.desk.questions),
  };
  return {
    at: state.at,
    room: { ...room, questions: byId(questions) },
    desk,
    me: {
      ...state.me,
      voted: [...state.me.voted].sort(),
      against: [...state.me.against].sort(),
      questions: byId(state.me.questions),
    },
  };
}

const byId = <T extends { id: string }>(all: T[]) => [...all].sort((a, b) => (a.id < b.id ? -1 : 1));

const sorted = <T extends { person: string }>(all: T[]) =>
  [...all].sort((a, b) => (a.person < b.person ? -1 : 1));

describe("old snapshot and events give the new snapshot", () => {
  test("there are stories to tell", () => {
    expect(Object.keys(transcripts).length).toBeGreaterThan(0);
  });

  test.each(Object.entries(transcripts))("%s", (_, told) => {
    const end = [told.before, ...told.frames].reduce<RoomState | null>((state, frame) => {
      const next = reduce(state, frame, frame.type === "snapshot" ? frame.now : NOW);
      expect(next).not.toBe(GAP);
      return next as RoomState;
    }, null);
    expect(end && comparable(end)).toEqual(comparable(told.after));
  });
});
