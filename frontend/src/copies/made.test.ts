import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Copy } from "./api";
import { Made } from "./made.svelte";
import { river } from "./river";

/** What the server answers, one after the other; the last stays. */
let answers: (Copy | { status: number; code: string; text: string })[] = [];
let asked: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    asked.push(`${init.method} ${path}`);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    const status = answer && "status" in answer ? answer.status : 200;
    return new Response(JSON.stringify(answer), { status });
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const making: Copy = { ...river, state: "processing", share: 0.4 };

test("while it is made one looks again and again, then only to have new links", async () => {
  answers = [making, making, river];
  const made = new Made("river");

  const end = made.begin();
  await vi.advanceTimersByTimeAsync(60_000);
  const seen = asked.length;
  await vi.advanceTimersByTimeAsync(240_000);
  end();
  await vi.advanceTimersByTimeAsync(900_000);

  expect([made.view?.state, seen, asked.length]).toEqual(["ready", 3, 4]);
});

test("nothing at this address is said; a line that breaks takes nothing away that is there", async () => {
  const unknown = { status: 404, code: "copy.unknown", text: "There is no copy at this address." };
  answers = [river, { status: 502, code: "fault", text: "?" }];
  const made = new Made("river");

  await made.look();
  await made.look();
  const kept = [made.view?.title, made.fault];
  answers = [unknown];
  await made.look();
  made.begin()();

  expect(kept).toEqual(["Can a river have rights?", null]);
  expect(made.fault?.code).toBe("copy.unknown");
});

test("an edit that is refused gives its sentence and leaves the copy as it is", async () => {
  answers = [river, { status: 409, code: "copy.place", text: "A chapter begins after the one before it." }];
  const made = new Made("river");
  await made.look();

  const refused = await made.edit({ edit: "move", chapter: "q1", begins: 0 });
  made.begin()();

  expect([refused, made.view, made.busy]).toEqual([
    "A chapter begins after the one before it.",
    river,
    false,
  ]);
  expect(asked.at(1)).toBe("POST /api/v1/copies/river/edits");
});
