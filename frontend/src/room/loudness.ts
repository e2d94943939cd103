import type { Seat } from "$/live/protocol";
import { room } from "./session.svelte";

const TOLD = 0.4;

/** How loud somebody on stage is now, 0..1: by our own packets, else by what the server told at the last tick. */
export function loudness(seat: Seat): number {
  if (seat.muted || seat.held || seat.aside) return 0;
  if (seat.person === room.state?.me.person) return room.voice.mic.level;
  const own = room.hearing.levels.get(seat.number);
  if (own !== undefined) return own;
  const { sound, way } = room.hearing;
  const heardDirectly = sound === "playing" && way === "live" && document.visibilityState === "visible";
  return !heardDirectly && room.state?.speaking.includes(seat.number) ? TOLD : 0;
}
