// A room as a page knows it, for tests: a snapshot of it, and what becomes of it.

import type { AnyEvent, AnyFrame, Question, RoomView, Seat, Snapshot } from "./protocol";
import { GAP, type RoomState, reduce } from "./reduce";

export const NOW = 1_000_000;

export const seat = (person: string, more: Partial<Seat> = {}): Seat => ({
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

export const question = (id: string, more: Partial<Question> = {}): Question => ({
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

export function snapshot(room: Partial<RoomView> = {}): Snapshot {
  return {
    type: "snapshot",
    epoch: "e1",
    now: NOW + 500,
    at: { room: 4, desk: 2, me: 1 },
    room: {
      room: "river",
      recordings: ["each", "condition", "off"],
      title: "Can a river have rights?",
      description: "",
      visibility: "public",
      phase: "live",
      language: "en",
      starts_at: null,
      zone: null,
      tags: [],
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
        who_asks: "everyone",
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
      group: null,
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

export function given(room: Partial<RoomView> = {}): RoomState {
  const state = reduce(null, snapshot(room), NOW);
  if (state === null || state === GAP) throw new Error("a snapshot is a state");
  return state;
}

export function folded(state: RoomState, ...events: AnyEvent[]): RoomState {
  const frame: AnyFrame = { type: "events", channel: "room", n: state.at.room + events.length, events };
  const next = reduce(state, frame, NOW);
  if (next === null || next === GAP) throw new Error("these events follow");
  return next;
}
