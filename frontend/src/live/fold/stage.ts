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
  "stage.awaited": (state, event) => atDesk(state, () => ({ waiting: event.waiting })),
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
