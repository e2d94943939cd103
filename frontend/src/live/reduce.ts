import { audience } from "./fold/audience";
import { backstage } from "./fold/backstage";
import { doors } from "./fold/doors";
import { floor } from "./fold/floor";
import { microphones } from "./fold/microphones";
import { people } from "./fold/people";
import { questions } from "./fold/questions";
import { recordings } from "./fold/recordings";
import { rooms } from "./fold/rooms";
import { safety } from "./fold/safety";
import { stage } from "./fold/stage";
import type { Folds, Murmur, RoomState } from "./fold/state";
import type { AnyEvent, AnyFrame, Question } from "./protocol";

export type { RoomState } from "./fold/state";

/** A frame that cannot follow what we have: events were missed, and the page resumes. */
export const GAP = Symbol("gap");

/** The same fold as the server's: old snapshot and events give the new snapshot. Nothing given is changed. */
export function reduce(state: RoomState | null, frame: AnyFrame, now: number): RoomState | null | typeof GAP {
  switch (frame.type) {
    case "snapshot": {
      const { epoch, at, room, desk, me } = frame;
      return {
        epoch,
        at,
        room,
        desk,
        me,
        fell: null,
        speaking: [],
        talk: { spoken: {}, long: [] },
        murmur: [],
        ahead: frame.now - now,
      };
    }
    case "tick":
      return (
        state && {
          ...state,
          speaking: frame.speaking,
          murmur: heard(state.murmur, frame.reactions, now),
          ahead: frame.now - now,
          room: { ...state.room, listeners: frame.listeners, stepped_forward: frame.stepped_forward },
        }
      );
    case "talk":
      return state && { ...state, talk: { spoken: frame.spoken, long: frame.long } };
    case "caption": {
      if (state === null) return state;
      const captions = [...state.room.captions, frame.line].slice(-CAPTIONS);
      return { ...state, room: { ...state.room, captions } };
    }
    case "events": {
      if (state === null) return GAP;
      const known = state.at[frame.channel];
      if (frame.n <= known) return state;
      if (frame.n - frame.events.length > known) return GAP;
      const fresh = frame.events.slice(known - frame.n);
      const next = fresh.reduce(fold, state);
      return { ...next, at: { ...next.at, [frame.channel]: frame.n } };
    }
    case "questions":
      return state && withMore(state, frame.questions, frame.desk);
    default:
      return state;
  }
}

/** Questions that were asked for by page; those known already stay as the events since told them. */
function withMore(state: RoomState, more: Question[], atDesk: Question[]): RoomState {
  const room = { ...state.room, questions: withFresh(state.room.questions, more) };
  const desk = state.desk && { ...state.desk, questions: withFresh(state.desk.questions, atDesk) };
  return { ...state, room, desk };
}

function withFresh(before: Question[], more: Question[]): Question[] {
  const known = new Set(before.map((question) => question.id));
  return [...before, ...more.filter((question) => !known.has(question.id))];
}

const MURMUR_MS = 5000;
const CAPTIONS = 5;

/** Reactions live five seconds. */
function heard(before: Murmur[], counts: Record<string, number>, now: number): Murmur[] {
  const fresh = before.filter((one) => one.at > now - MURMUR_MS);
  return Object.keys(counts).length > 0 ? [...fresh, { at: now, counts }] : fresh;
}

const FOLDS: Folds<AnyEvent["is"]> = {
  ...rooms,
  ...audience,
  ...doors,
  ...safety,
  ...stage,
  ...microphones,
  ...backstage,
  ...questions,
  ...floor,
  ...people,
  ...recordings,
};

function fold(state: RoomState, event: AnyEvent): RoomState {
  const folded = FOLDS[event.is] as (state: RoomState, event: AnyEvent) => RoomState;
  return folded(state, event);
}
