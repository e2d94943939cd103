import { describe, expect, test } from "vitest";
import { Backoff } from "./backoff";

/** Tries in the first minute against a server that stays away, with these dice. */
function triesInAMinute(random: () => number): number {
  const backoff = new Backoff(random);
  let now = 0;
  let tries = 0;
  while (now < 60_000) {
    backoff.tried(now);
    tries += 1;
    now += backoff.wait(now);
  }
  return tries;
}

describe("coming back", () => {
  test("twelve tries a minute at most, however the dice fall", () => {
    expect(triesInAMinute(() => 0)).toBeLessThanOrEqual(12);
    expect(triesInAMinute(() => 0.5)).toBeLessThanOrEqual(12);
    expect(triesInAMinute(() => 0.999)).toBeGreaterThanOrEqual(5);
  });

  test("then full jitter: any wait from nothing to a bound that doubles up to 20 s", () => {
    const [longest, none] = [new Backoff(() => 1), new Backoff(() => 0)];
    for (const now of [0, 1000, 4000]) for (const backoff of [longest, none]) backoff.wait(now);
    expect([7000, 15_000, 31_000].map((now) => longest.wait(now))).toEqual([8000, 16_000, 20_000]);
    expect(none.wait(5000)).toBe(0);
  });

  test("a server gone for less than five seconds is tried three times at most", () => {
    for (const random of [() => 0, () => 0.5, () => 1, Math.random]) {
      const backoff = new Backoff(random);
      const at = [0, 0, 0].reduce<number[]>((before) => {
        const now = before.at(-1) ?? 0;
        return [...before, now + backoff.wait(now)];
      }, []);
      expect(at[0]).toBeLessThanOrEqual(1000);
      expect(at[1]).toBeLessThanOrEqual(4000);
      expect(at[2]).toBeGreaterThanOrEqual(5000);
      expect(at[2]).toBeLessThanOrEqual(7000);
    }
  });

  test("a try that hung is not followed by one at once from everybody", () => {
    const backoff = new Backoff(() => 0.5);
    backoff.wait(0);
    expect(backoff.wait(9000)).toBe(500);
  });

  test("invited back, people come each round at the moment the server gave them, and later as ever", () => {
    const backoff = new Backoff(() => 1);
    backoff.told("restart 2300 1800");
    const at = Array.from({ length: 11 }).reduce<number[]>((before) => {
      const now = before.at(-1) ?? 0;
      return [...before, now + backoff.wait(now)];
    }, []);
    expect(at.slice(0, 10)).toEqual([2300, 4100, 5900, 7700, 9500, 11_300, 13_100, 14_900, 16_700, 18_500]);
    expect(at[10]).toBe(38_500);
  });

  test("an invited try that hung is followed by one at the next moment of this page", () => {
    const backoff = new Backoff(() => 1);
    backoff.told("restart 2300 1800");
    backoff.wait(0);
    expect(backoff.wait(6000)).toBe(1700);
    expect(backoff.wait(7700.4)).toBeCloseTo(1799.6);
  });

  test("words that are no invitation change nothing", () => {
    const backoff = new Backoff(() => 1);
    backoff.told("");
    expect(backoff.wait(0)).toBe(1000);
  });

  test("a line that stood begins with short waits again", () => {
    const backoff = new Backoff(() => 1);
    backoff.wait(0);
    backoff.wait(0);
    backoff.stood();
    expect(backoff.wait(0)).toBe(1000);
  });
});
