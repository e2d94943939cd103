import type { Seat, SpeakerChanged, SpeakerCame, StageEvents } from "../protocol";
import { atDesk, type Folds, inRoom, ofMe, type RoomState } from "./state";

export const stage: Folds<StageEvents["is"]> = {
  "speaker.came": sat,
  "speaker.changed": sat,
  "speaker.left": (state, event) =>
    inRoom(state, { seats: state.room.seats.filter((seat) => seat.person !== event.person) }),
  "hand.raised": (state, event) =>
    atDesk(state, (desk) => ({ hands: [...desk.hands.filter(other(event.hand.person)), event.hand] })),
  "hand.lowered": (state, event) =>
    atDesk(state, (desk) => ({ hands: desk.hands.filter(other(event.person)) })),
  "invitation.sent": (state, event) =>
    atDesk(state, (desk) => ({
      invitations: [...desk.invitations.filter(other(event.invitation.person)), event.invitation],
    })),
  "invitation.closed": (state, event) =>
    atDesk(state, (desk) => ({ invitations: desk.invitations.filter(other(event.person)) })),
  "stage.hushed": (state, event) => inRoom(state, { hushed: event.on }),
  "backstage.changed": (state, event) =>
    atDesk(state, () => ({ backstage: event.backstage, talking: event.talking })),
  "me.backstage": (state, event) => ofMe(state, { backstage: event.backstage }),
  "stage.awaited": (state, event) => atDesk(state, () => ({ waiting: event.waiting })),
  "microphones.asked": (state, event) => atDesk(state, () => ({ asking: event.asking })),
  "lines.graded": (state, event) => atDesk(state, () => ({ lines: event.lines })),
  "me.graded": (state, event) => ofMe(state, { line: event.line }),
  "me.waiting": (state, event) => ofMe(state, { waiting: event.place }),
  "me.hand": (state, event) =>
    ofMe(state, { hand_at: event.raised_at, note: event.note, lost_seat: event.lost_seat }),
  "me.invited": (state, event) => ofMe(state, { invitation: event.invitation }),
  "me.uninvited": (state) => ofMe(state, { invitation: null }),
};

const other = (person: string) => (entry: { person: string }) => entry.person !== person;

function sat(state: RoomState, event: SpeakerCame | SpeakerChanged): RoomState {
  return inRoom(state, { seats: seated(state.room.seats, event.seat) });
}

function seated(seats: Seat[], seat: Seat): Seat[] {
  const known = seats.some((taken) => taken.person === seat.person);
  return known ? seats.map((taken) => (taken.person === seat.person ? seat : taken)) : [...seats, seat];
}
