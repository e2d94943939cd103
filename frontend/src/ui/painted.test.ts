import { afterEach, expect, it, vi } from "vitest";
import { painted } from "./painted";

afterEach(() => vi.unstubAllGlobals());

/** A page whose frames are painted when we say so. */
function page(hidden: boolean) {
  const frames: (() => void)[] = [];
  vi.stubGlobal("document", { hidden });
  vi.stubGlobal("requestAnimationFrame", (paint: () => void) => frames.push(paint));
  return { paint: () => frames.splice(0).forEach((frame) => frame()) };
}

it("waits for a frame, and for what is painted in it", async () => {
  const there = page(false);
  let done = false;
  const waits = painted().then(() => (done = true));

  await new Promise((next) => setTimeout(next));
  const before = done;
  there.paint();
  const within = done;
  await waits;

  expect([before, within, done]).toEqual([false, false, true]);
});

it("does not wait for frames that a hidden tab is never given", async () => {
  page(true);
  await painted();
});
