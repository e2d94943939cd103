import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Hearing } from "./hearing.svelte";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
vi.mock("./playback", () => ({
  Playback: class {
    stop() {}
  },
}));

/** Somebody who hears a room. */
function hears(): Hearing {
  const streams = () => Promise.resolve(null);
  const hearing = new Hearing({ renew() {}, took() {}, streams, nearness: () => "audience", back() {} });
  hearing.sound = "playing";
  return hearing;
}

test("who hears a room as it is said hears nothing more when it is over", () => {
  const hearing = hears();

  hearing.over(0);

  expect(hearing.wanted).toBe(false);
});

test("who hears it ten seconds later hears its last ten seconds, and told again that it is over hears on", () => {
  const hearing = hears();

  hearing.over(10);
  vi.advanceTimersByTime(9_900);
  hearing.over(0);
  const near = hearing.wanted;
  vi.advanceTimersByTime(1_500);

  expect([near, hearing.wanted]).toEqual([true, false]);
});

test("who leaves meanwhile and listens somewhere else is not cut off there", () => {
  const hearing = hears();
  hearing.over(10);

  hearing.end();
  hearing.sound = "playing";
  vi.advanceTimersByTime(30_000);

  expect(hearing.wanted).toBe(true);
});
