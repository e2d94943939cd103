import { beforeEach, expect, test, vi } from "vitest";
import { TalkBack } from "./talkback.svelte";

let done: string[];
let allowed: boolean;
let microphone: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  done = [];
  allowed = microphone = true;
});

const note = (what: string) => async () => void done.push(what);

function talkback(): TalkBack {
  return new TalkBack({
    microphone: async () => microphone,
    say: async (on) => {
      done.push(on ? "backstage" : "stage");
      return on && allowed;
    },
    speak: note("speaks"),
    shut: note("still"),
    goOn: note("goes on"),
  });
}

test("the microphone is still whenever the lanes change", async () => {
  const talk = talkback();

  talk.hold(true);
  await vi.runAllTimersAsync();
  talk.hold(false);
  await vi.runAllTimersAsync();

  expect(done).toEqual(["still", "backstage", "speaks", "still", "stage", "goes on"]);
  expect(talk.busy).toBe(false);
});

test("a press that is let go of at once says nothing backstage", async () => {
  const talk = talkback();

  talk.hold(true);
  talk.hold(false);
  await vi.runAllTimersAsync();

  expect(done).toEqual([]);
});

test("pressed again while it is let go of, one is backstage again", async () => {
  const talk = talkback();

  talk.hold(true);
  await vi.runAllTimersAsync();
  talk.hold(false);
  await vi.advanceTimersByTimeAsync(50);
  talk.hold(true);
  await vi.runAllTimersAsync();

  expect(done).toEqual(["still", "backstage", "speaks", "still", "stage", "still", "backstage", "speaks"]);
});

test("who may not, or has no microphone, is heard where they were", async () => {
  allowed = false;
  const refused = talkback();
  refused.hold(true);
  await vi.runAllTimersAsync();
  expect([done, refused.busy]).toEqual([["still", "backstage", "goes on"], false]);

  done = [];
  microphone = false;
  const mute = talkback();
  mute.hold(true);
  await vi.runAllTimersAsync();
  expect([done, mute.busy]).toEqual([[], false]);
});

test("what the server ended is over, and nothing is captured", async () => {
  const talk = talkback();
  talk.hold(true);
  await vi.runAllTimersAsync();

  talk.ended();

  expect([done.at(-1), talk.busy]).toEqual(["still", false]);
});
