import type { RoomState } from "$/live/reduce";

/** How many seconds later than it is said one hears a room; whoever is on stage, backstage or leads hears it at once. */
export function later({ room, desk, me }: RoomState): number {
  const part = desk !== null || me.backstage || room.seats.some((seat) => seat.person === me.person);
  return part ? 0 : room.settings.safety_delay;
}
