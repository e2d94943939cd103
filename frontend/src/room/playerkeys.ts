import type { RoomView } from "$/live/protocol";

interface Playing {
  leave(): void;
  pause(): Promise<void>;
}

let told = "";

/** The system's player (Media Session): the room's title on the lock screen, its keys pause and leave. */
export const playerKeys = {
  begin(session: Playing): void {
    if (!("mediaSession" in navigator)) return;
    navigator.mediaSession.setActionHandler("pause", () => void session.pause());
    navigator.mediaSession.setActionHandler("play", () => void session.pause());
    navigator.mediaSession.setActionHandler("stop", () => session.leave());
  },

  tell(room: RoomView | null): void {
    if (!("mediaSession" in navigator) || !room || told === room.title) return;
    told = room.title;
    const artwork = room.cover ? [{ src: room.cover }] : [];
    navigator.mediaSession.metadata = new MediaMetadata({ title: room.title, artist: room.host, artwork });
    navigator.mediaSession.playbackState = "playing";
  },

  end(): void {
    told = "";
    if (!("mediaSession" in navigator)) return;
    navigator.mediaSession.metadata = null;
    navigator.mediaSession.playbackState = "none";
  },
};
