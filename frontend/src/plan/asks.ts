import type { RoomSettings } from "$/live/protocol";

/** Who may ask, as one choice: of everyone, how guests are heard; or members of the group alone. */
export type Asks = RoomSettings["guests_ask"] | "members";

/** What holds of it: where the room is held in no group there are no members, and guests are read first. */
export const chosen = (asks: Asks, held: boolean): Asks =>
  asks === "members" && !held ? "read_first" : asks;

/** What is planned by it: what guests may is left as it was where members alone ask. */
export function said(
  asks: Asks,
  held: boolean,
): { who_asks: RoomSettings["who_asks"]; guests_ask?: RoomSettings["guests_ask"] } {
  const who = chosen(asks, held);
  return who === "members" ? { who_asks: who } : { who_asks: "everyone", guests_ask: who };
}
