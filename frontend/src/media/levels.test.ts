import { expect, test } from "vitest";
import { Levels, louder } from "./levels";

function line(speaker: number, audioLevel: number, rtpTimestamp: () => number): RTCRtpReceiver {
  return {
    getContributingSources: () => [{ source: speaker, rtpTimestamp: rtpTimestamp(), timestamp: 1 }],
    getSynchronizationSources: () => [{ source: 9, audioLevel, rtpTimestamp: rtpTimestamp(), timestamp: 1 }],
  } as unknown as RTCRtpReceiver;
}

test("each line tells whose voice it carries and how loud it is", () => {
  let now = 0;
  const tick = () => now;
  const lines = [line(3, 0.3, tick), line(8, 0.0001, tick)];
  const levels = new Levels();
  now = 960;
  expect([...levels.read(lines).keys()]).toEqual([3]);
});

test("a line on which nothing new came is silent", () => {
  const lines = [line(3, 0.3, () => 960)];
  const levels = new Levels();
  expect(levels.read(lines).size).toBe(1);
  expect(levels.read(lines).size).toBe(0);
});

test("loudness runs from −50 dB to −10 dB", () => {
  expect(
    [louder(0), louder(10 ** (-50 / 20)), louder(10 ** (-30 / 20)), louder(1)].map((n) =>
      Math.round(n * 100),
    ),
  ).toEqual([0, 0, 50, 100]);
});
