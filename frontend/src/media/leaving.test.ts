import { beforeEach, expect, test, vi } from "vitest";
import { leaving } from "./leaving";

const EVERY = 4000;
let packets: number;
let said: boolean[];

beforeEach(() => {
  vi.useFakeTimers();
  packets = 0;
  said = [];
});

const watch = () =>
  leaving(
    async () => packets,
    EVERY,
    (so) => void said.push(so),
  );

test("packets that stop are noticed from one look to the next, and so is when they go on", async () => {
  watch();

  for (const sent of [200, 400, 400, 600]) {
    packets = sent;
    await vi.advanceTimersByTimeAsync(EVERY);
  }

  expect(said).toEqual([false, false, true, false]);
});

test("a microphone that was shut is not missed", async () => {
  const end = watch();
  await vi.advanceTimersByTimeAsync(2 * EVERY);

  end();
  await vi.advanceTimersByTimeAsync(2 * EVERY);

  expect(said).toEqual([false, true, false]);
});
