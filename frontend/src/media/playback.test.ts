import { expect, test, vi } from "vitest";
import type { Peer } from "./peer";
import { Playback } from "./playback";

test("what was said before is as loud as the stage is quiet", () => {
  const playback = new Playback();
  playback.volume = 0.8;
  const { earlier } = playback;

  const loud = [1, 0.5, 0].map((live) => {
    playback.live = live;
    return earlier.volume;
  });

  expect(loud).toEqual([0, 0.4, 0.8]);
});

test("every line of the stage is played, and lowered while somebody speaks backstage", async () => {
  const players: HTMLAudioElement[] = [];
  vi.stubGlobal(
    "Audio",
    class {
      srcObject = null;
      constructor() {
        players.push(this as unknown as HTMLAudioElement);
      }
      play = async () => undefined;
    },
  );
  vi.stubGlobal(
    "MediaStream",
    class {
      constructor(readonly tracks: unknown[]) {}
      getAudioTracks = () => this.tracks;
    },
  );
  const line = (track: string) => ({ track });
  const lines = ["voice 1", "voice 2", "voice 3", "programme"];
  const peer = { stage: lines.map(line), backstage: line("backstage") } as unknown as Peer;
  const playback = new Playback();

  await playback.play(peer);
  playback.lower(true);

  const playing = players.map((one) => (one.srcObject as MediaStream).getAudioTracks()[0]);
  expect(playing).toEqual(["backstage", ...lines]);
  expect(players.map((one) => one.volume)).toEqual([1, 0.25, 0.25, 0.25, 0.25]);
  playback.live = 0;
  expect(players.map((one) => one.muted)).toEqual([false, true, true, true, true]);
});
