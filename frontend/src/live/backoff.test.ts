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

  test("full jitter: any wait from nothing to a bound that doubles up to 20 s", () => {
    const longest = new Backoff(() => 1);
    expect(Array.from({ length: 7 }, () => longest.wait(0))).toEqual([
      1000, 2000, 4000, 8000, 16_000, 20_000, 20_000,
    ]);
    expect(new Backoff(() => 0).wait(0)).toBe(0);
  });

  test("a line that stood begins with short waits again", () => {
    const backoff = new Backoff(() => 1);
    backoff.wait(0);
    backoff.wait(0);
    backoff.stood();
    expect(backoff.wait(0)).toBe(1000);
  });
});
