import type { Chapter, Copy } from "./api";
import type { Player } from "./player.svelte";
import { turned } from "./positions";

const STEP = 15_000;

/** The system's player (Media Session): its keys play, step and turn chapters of the copy. Gives what ends it. */
export function handedOver(player: Player, chapters: () => Chapter[]): () => void {
  if (!("mediaSession" in navigator)) return () => undefined;
  const turn = (by: 1 | -1) => {
    const place = turned(chapters(), player.place, by);
    if (place !== null) player.seek(place);
  };
  const table: Partial<Record<MediaSessionAction, (details: MediaSessionActionDetails) => void>> = {
    play: () => void player.play(),
    pause: () => player.pause(),
    seekbackward: ({ seekOffset }) => player.by(-(seekOffset ? seekOffset * 1000 : STEP)),
    seekforward: ({ seekOffset }) => player.by(seekOffset ? seekOffset * 1000 : STEP),
    seekto: ({ seekTime }) => player.seek((seekTime ?? 0) * 1000),
    previoustrack: () => turn(-1),
    nexttrack: () => turn(1),
  };
  const keys = Object.keys(table) as MediaSessionAction[];
  for (const key of keys) navigator.mediaSession.setActionHandler(key, table[key] ?? null);
  return () => {
    for (const key of keys) navigator.mediaSession.setActionHandler(key, null);
    navigator.mediaSession.metadata = null;
  };
}

/** What stands on the lock screen: the chapter that is heard, the room and its host. */
export function told(copy: Copy, chapter: string | null): void {
  if (!("mediaSession" in navigator)) return;
  navigator.mediaSession.metadata = new MediaMetadata({
    title: chapter ?? copy.title,
    artist: copy.host,
    album: copy.title,
    artwork: copy.cover ? [{ src: copy.cover }] : [],
  });
}
