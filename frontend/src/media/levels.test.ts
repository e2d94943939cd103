import { expect, test } from "vitest";
import { Levels, louder } from "./levels";

/** Its last packet bears these numbers; `gone` was in the one before. */
function line(
  speakers: number[],
  audioLevel: number,
  rtpTimestamp: () => number,
  gone: number[] = [],
): RTCRtpReceiver {
  const borne = (by: number[], at: number, timestamp: number) =>
    by.map((source) => ({ source, rtpTimestamp: at, timestamp }));
  return {
    getContributingSources: () => [...borne(gone, 1, 1), ...borne(speakers, rtpTimestamp(), 2)],
    getSynchronizationSources: () => [{ source: 9, audioLevel, rtpTimestamp: rtpTimestamp(), timestamp: 1 }],
  } as unknown as RTCRtpReceiver;
}

test("each line tells whose voice it carries and how loud it is", () => {
  let now = 0;
  const tick = () => now;
  const lines = [line([3], 0.3, tick), line([8], 0.0001, tick)];
  const levels = new Levels();
  now = 960;
  expect([...levels.read(lines).keys()]).toEqual([3]);
});

test("a line on which nothing new came is silent", () => {
  const lines = [line([3], 0.3, () => 960)];
  const levels = new Levels();
  expect(levels.read(lines).size).toBe(1);
  expect(levels.read(lines).size).toBe(0);
});

test("the programme carries everybody who sounds in it, and no more whoever has fallen silent", () => {
  const programme = line([3, 5, 8], 0.3, () => 960, [11]);

  const levels = new Levels().read([programme]);

  expect([...levels.keys()]).toEqual([3, 5, 8]);
  expect(new Set(levels.values()).size).toBe(1);
});

test("loudness runs from −50 dB to −10 dB", () => {
  expect(
    [louder(0), louder(10 ** (-50 / 20)), louder(10 ** (-30 / 20)), louder(1)].map((n) =>
      Math.round(n * 100),
    ),
  ).toEqual([0, 0, 50, 100]);
});
