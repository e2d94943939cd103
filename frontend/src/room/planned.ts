import { ROOM_LASTS, type RoomView } from "$/live/protocol";

const MINUTE = 60_000;

/** How long a live room is expected to take: its planned length, and what it was extended by. */
export function planned(view: Pick<RoomView, "started_at" | "ends_at" | "settings">): number | null {
  if (view.started_at === null || view.ends_at === null) return null;
  const extended = view.ends_at - view.started_at - ROOM_LASTS;
  return view.settings.length * MINUTE + Math.max(0, extended);
}
