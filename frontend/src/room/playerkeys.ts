import type { RoomView } from "$/live/protocol";

interface Playing {
  leave(): void;
  pause(): Promise<void>;
  resume(): Promise<void>;
  readonly hearing: { readonly wanted: boolean };
}

let told = "";
let whose: Playing | null = null;

/** The system's player (Media Session): the room's title on the lock screen, its keys pause and leave. */
export const playerKeys = {
  begin(session: Playing): void {
    whose = session;
    if (!("mediaSession" in navigator)) return;
    navigator.mediaSession.setActionHandler("pause", () => session.hearing.wanted && void session.pause());
    navigator.mediaSession.setActionHandler("play", () => void session.resume());
    navigator.mediaSession.setActionHandler("stop", () => session.leave());
  },

  tell(room: Pick<RoomView, "title" | "host" | "cover"> | null): void {
    if (!("mediaSession" in navigator) || !room || told === room.title) return;
    told = room.title;
    const artwork = room.cover ? [{ src: room.cover }] : [];
    navigator.mediaSession.metadata = new MediaMetadata({ title: room.title, artist: room.host, artwork });
    navigator.mediaSession.playbackState = "playing";
  },

  /** Whether one hears the room now, or has turned its sound off. */
  plays(on: boolean): void {
    if ("mediaSession" in navigator) navigator.mediaSession.playbackState = on ? "playing" : "paused";
  },

  /** It plays no more; who plays by now keeps the keys. */
  end(session: Playing): void {
    if (session !== whose) return;
    told = "";
    if (!("mediaSession" in navigator)) return;
    navigator.mediaSession.metadata = null;
    navigator.mediaSession.playbackState = "none";
  },
};
