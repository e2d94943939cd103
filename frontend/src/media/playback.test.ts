import { expect, test } from "vitest";
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
