import type { RoomState } from "$/live/reduce";
import type { Nearness } from "$/media/way";

/** Who speaks soon has to hear the room live: second in line or better, asked whether they are ready, or invited. */
export function nearness(state: RoomState | null, inFront: boolean): Nearness {
  if (inFront) return "front";
  const me = state?.me;
  if (!me) return "audience";
  const called = me.invitation !== null || me.on_deck !== null || me.waiting !== null;
  return called || (me.place !== null && me.place.n <= 2) ? "near" : "audience";
}
