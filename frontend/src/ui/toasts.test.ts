import { expect, test, vi } from "vitest";
import { toasts } from "./toasts.svelte";

test("what stands on the screen is read out only, until it is said anew", () => {
  vi.useFakeTimers();
  const shown = () => toasts.shown.map(({ text, read }) => [text, read ?? false]);

  toasts.say("Kept.");
  toasts.say("You are next.");
  toasts.hush("You are next.");
  expect(shown()).toEqual([
    ["Kept.", false],
    ["You are next.", true],
  ]);
  toasts.say("You are next.");
  expect(shown().at(-1)).toEqual(["You are next.", false]);

  vi.advanceTimersByTime(7000);
  expect(shown()).toEqual([]);
  vi.useRealTimers();
});
