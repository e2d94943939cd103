import type { AnyEvent, AnyFrame, At, DeskView, MeView, Question, RoomView, Seat } from "./protocol";

/** A room as this page knows it: the last snapshot and every event since. */
export interface RoomState {
  epoch: string;
  at: At;
  room: RoomView;
  desk: DeskView | null;
  me: MeView;
  /** Speaker numbers that sounded at the last tick, loudest first. */
  speaking: number[];
  /** What to add to this machine's clock to get the server's, in milliseconds. */
  ahead: number;
}

/** A frame that cannot follow what we have: events were missed, and the page resumes. */
export const GAP = Symbol("gap");

/** The same fold as the server's: old snapshot and events give the new snapshot. Nothing given is changed. */
export function reduce(state: RoomState | null, frame: AnyFrame, now: number): RoomState | null | typeof GAP {
  switch (frame.type) {
    case "snapshot": {
      const { epoch, at, room, desk, me } = frame;
      return { epoch, at, room, desk, me, speaking: [], ahead: frame.now - now };
    }
    case "tick":
      return (
        state && {
          ...state,
          speaking: frame.speaking,
          ahead: frame.now - now,
          room: { ...state.room, listeners: frame.listeners },
        }
      );
    case "events": {
      if (state === null) return GAP;
      const known = state.at[frame.channel];
      if (frame.n <= known) return state;
      if (frame.n - frame.events.length > known) return GAP;
      const fresh = frame.events.slice(known - frame.n);
      const next = fresh.reduce(fold, state);
      return { ...next, at: { ...next.at, [frame.channel]: frame.n } };
    }
    default:
      return state;
  }
}

function fold(state: RoomState, event: AnyEvent): RoomState {
  switch (event.is) {
    case "room.started":
      return inRoom(state, { phase: "live", started_at: event.at });
    case "room.ended":
      return inRoom(state, { phase: "ended", ended_at: event.at });
    case "speaker.came":
    case "speaker.changed":
      return inRoom(state, { seats: seated(state.room.seats, event.seat) });
    case "speaker.left":
      return inRoom(state, { seats: state.room.seats.filter((seat) => seat.person !== event.person) });
    case "question.asked":
    case "question.changed":
      return inRoom(state, asked(state.room, event.question));
    case "votes.counted":
      return inRoom(state, {
        questions: state.room.questions.map((question) => {
          const votes = event.tallies[question.id];
          return votes === undefined ? question : { ...question, votes };
        }),
      });
    case "hand.raised":
      return atDesk(state, (desk) => ({
        hands: [...desk.hands.filter((hand) => hand.person !== event.hand.person), event.hand],
      }));
    case "hand.lowered":
      return atDesk(state, (desk) => ({ hands: desk.hands.filter((hand) => hand.person !== event.person) }));
    case "invitation.sent":
      return atDesk(state, (desk) => ({
        invitations: [...desk.invitations.filter(other(event.invitation.person)), event.invitation],
      }));
    case "invitation.closed":
      return atDesk(state, (desk) => ({ invitations: desk.invitations.filter(other(event.person)) }));
    case "floor.ordered":
      return atDesk(state, () => ({ entries: event.entries }));
    case "me.named":
      return ofMe(state, { name: event.name });
    case "me.hand":
      return ofMe(state, { hand_at: event.raised_at, note: event.note });
    case "me.invited":
      return ofMe(state, { invitation: event.invitation });
    case "me.uninvited":
      return ofMe(state, { invitation: null });
    case "me.voted": {
      const rest = state.me.voted.filter((id) => id !== event.question);
      return ofMe(state, { voted: event.voted ? [...rest, event.question] : rest });
    }
    case "me.placed":
      return ofMe(state, { place: event.place });
    case "me.rights":
      return ofMe(state, { role: event.role, rights: event.rights });
  }
}

function inRoom(state: RoomState, change: Partial<RoomView>): RoomState {
  return { ...state, room: { ...state.room, ...change } };
}

function ofMe(state: RoomState, change: Partial<MeView>): RoomState {
  return { ...state, me: { ...state.me, ...change } };
}

function atDesk(state: RoomState, change: (desk: DeskView) => Partial<DeskView>): RoomState {
  return state.desk === null ? state : { ...state, desk: { ...state.desk, ...change(state.desk) } };
}

const other = (person: string) => (entry: { person: string }) => entry.person !== person;

function seated(seats: Seat[], seat: Seat): Seat[] {
  const known = seats.some((taken) => taken.person === seat.person);
  return known ? seats.map((taken) => (taken.person === seat.person ? seat : taken)) : [...seats, seat];
}

/** A question in its new state, and the two counts that follow from it. */
function asked(room: RoomView, question: Question): Partial<RoomView> {
  const before = room.questions.find((known) => known.id === question.id);
  const rest = room.questions.filter((known) => known.id !== question.id);
  const change = (state: Question["state"]) =>
    Number(question.state === state) - Number(before?.state === state);
  return {
    questions: question.state === "withdrawn" ? rest : [...rest, question],
    // A question this page was not told of before was open, whatever it is now.
    open_count: room.open_count + (before || question.state === "open" ? change("open") : -1),
    answered_count: room.answered_count + change("answered"),
  };
}
