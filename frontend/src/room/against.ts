import type { RoomState } from "$/live/reduce";

/** Those who lead a room are dealt with by its host alone, and by who runs the place (docs/building/rights.md: Against hosts). */
export function mayAgainst(state: RoomState, person: string, admin: boolean): boolean {
  if (state.me.role === "host" || admin) return true;
  const cohosts = state.desk?.helpers.filter((helper) => helper.role === "cohost") ?? [];
  return person !== state.room.host_person && !cohosts.some((helper) => helper.person === person);
}
