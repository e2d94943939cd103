import { beforeEach, expect, test, vi } from "vitest";
import { playerKeys } from "./playerkeys";

const RIVER = { title: "Can a river have rights?", host: "Aurélie", cover: "/art/river.svg" };
let keys: Record<string, () => void>;
let session: { metadata: unknown; playbackState: string; setActionHandler: unknown };

beforeEach(() => {
  keys = {};
  session = {
    metadata: null,
    playbackState: "none",
    setActionHandler: (key: string, does: () => void) => (keys[key] = does),
  };
  vi.stubGlobal("navigator", { mediaSession: session });
  vi.stubGlobal(
    "MediaMetadata",
    class {
      constructor(said: object) {
        Object.assign(this, said);
      }
    },
  );
});

function player(wanted: boolean) {
  const pressed: string[] = [];
  return {
    pressed,
    hearing: { wanted },
    leave: () => pressed.push("left"),
    pause: async () => void pressed.push("paused"),
    resume: async () => void pressed.push("resumed"),
  };
}

test("a lock screen shows what is on, and its keys do what they say, however often they are pressed", () => {
  const [on, off] = [player(true), player(false)];

  for (const one of [on, off]) {
    playerKeys.begin(one);
    playerKeys.tell(RIVER);
    for (const key of ["play", "pause", "stop"]) keys[key]?.();
  }

  expect([on.pressed, off.pressed]).toEqual([
    ["resumed", "paused", "left"],
    ["resumed", "left"],
  ]);
  const artwork = [{ src: RIVER.cover }];
  expect(session.metadata).toEqual({ title: RIVER.title, artist: RIVER.host, artwork });
});

test("who ends takes nothing from who plays by now", () => {
  const [before, now] = [player(true), player(true)];
  playerKeys.begin(before);
  playerKeys.begin(now);
  playerKeys.plays(true);

  playerKeys.end(before);
  const still = session.playbackState;
  playerKeys.end(now);

  expect([still, session.playbackState]).toEqual(["playing", "none"]);
});
