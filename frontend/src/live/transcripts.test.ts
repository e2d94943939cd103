import { describe, expect, test } from "vitest";
import { NOW } from "./living";
import type { AnyFrame, Snapshot } from "./protocol";
import { GAP, type RoomState, reduce } from "./reduce";

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
