import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Wanted } from "$/live/line";
import type { AnyFrame, Question } from "$/live/protocol";
import { further } from "./further";

const ALL = ["a", "b", "c", "d", "e"];
const asked: (string | null)[] = [];

/** A server with five questions that shows two at a time. */
async function server(wanted: Wanted): Promise<AnyFrame | null> {
  if (wanted.do !== "question.page") return null;
  asked.push(wanted.after ?? null);
  const begin = ALL.indexOf(wanted.after ?? "") + 1;
  const questions = ALL.slice(begin, begin + 2).map((id) => ({ id }) as Question);
  return { type: "questions", id: "c1", questions, desk: [], more: begin + 2 < ALL.length };
}

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
});
afterEach(() => vi.useRealTimers());

async function goesOn(after: string | null, enough: (came: string[]) => boolean) {
  const done = further(server, "wanted", after, enough);
  await vi.runAllTimersAsync();
  return done;
}

test("pages are asked for until one brings what was wanted", async () => {
  expect(await goesOn(null, (came) => came.includes("c"))).toBe("d");
  expect(asked).toEqual([null, "b"]);
});

test("it goes on where it was, and ends where there are no more", async () => {
  expect(await goesOn("d", () => false)).toBe(null);
  expect(asked).toEqual(["d"]);
});

test("nothing is asked again where nothing was answered", async () => {
  expect(
    await further(
      async () => null,
      "new",
      "b",
      () => false,
    ),
  ).toBe(null);
});
