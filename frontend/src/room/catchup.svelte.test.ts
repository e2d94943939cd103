import { beforeEach, expect, test, vi } from "vitest";
import type { CatchUpAnswer } from "$/live/protocol";
import type { RoomState } from "$/live/reduce";
import { CatchUp } from "./catchup.svelte";

const NOW = 1_800_000_000_000;

/** As far as catching up needs one: it sounds when it is told to, and says so. */
class Sound extends EventTarget {
  src = "";
  currentTime = 0;
  readyState = 4;
  playbackRate = 1;
  defaultPlaybackRate = 1;
  sounds = false;

  async play() {
    this.sounds = true;
    this.dispatchEvent(new Event("playing"));
  }

  pause() {
    this.sounds = false;
    this.dispatchEvent(new Event("pause"));
  }

  removeAttribute() {
    this.src = "";
  }

  tells(kind: string) {
    this.dispatchEvent(new Event(kind));
  }
}

let sound: Sound;
let seen: "visible" | "hidden";
let hall: {
  state: RoomState | null;
  hearing: { playback: { live: number; earlier: HTMLAudioElement } };
  voice: { inFront: boolean };
};
let catchUp: CatchUp;

const answer = (question: string, minutes: number): CatchUpAnswer => ({
  question,
  title: `What of ${question}?`,
  asker: null,
  at: NOW - minutes * 60_000,
  length: 60_000,
  url: `/${question}`,
});
const DUST = answer("dust", 9);
const SNOW = answer("snow", 5);

function room(catch_up: CatchUpAnswer[], more: object = {}): RoomState {
  const view = { room: "river", phase: "live", catch_up, ...more };
  return { room: view, me: { invitation: null }, ahead: 0 } as unknown as RoomState;
}

/** The room is told anew. */
function told(state: RoomState | null) {
  hall.state = state;
  catchUp.follow(state);
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  seen = "visible";
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => seen);
  sound = new Sound();
  const earlier = sound as unknown as HTMLAudioElement;
  hall = { state: null, hearing: { playback: { live: 1, earlier } }, voice: { inFront: false } };
  catchUp = new CatchUp(hall);
  told(room([DUST, SNOW]));
});

test("answers are heard one after the other, faster, while the stage is quiet; then one is live again", async () => {
  catchUp.begin();
  await vi.advanceTimersByTimeAsync(150);
  const between = hall.hearing.playback.live;
  await vi.advanceTimersByTimeAsync(200);
  const first = [sound.src, sound.playbackRate, hall.hearing.playback.live, catchUp.playing];
  sound.tells("ended");
  const second = [sound.src, sound.playbackRate];
  sound.tells("ended");
  await vi.advanceTimersByTimeAsync(350);

  expect(between).toBeGreaterThan(0.3);
  expect(between).toBeLessThan(0.7);
  expect(first).toEqual(["/dust", 1.5, 0, true]);
  expect(second).toEqual(["/snow", 1.5]);
  expect([catchUp.on, hall.hearing.playback.live, sound.sounds, catchUp.left]).toEqual([false, 1, false, []]);
});

test("in a hidden tab it begins and ends at once", () => {
  seen = "hidden";

  catchUp.begin();
  const began = hall.hearing.playback.live;
  catchUp.back();

  expect([began, hall.hearing.playback.live, sound.sounds]).toEqual([0, 1, false]);
});

test("an answer that is made anew goes on at the same place, and one that is gone is passed over", () => {
  catchUp.begin();
  sound.currentTime = 12;
  sound.tells("timeupdate");

  told(room([{ ...DUST, url: "/dust-anew" }, SNOW]));
  sound.currentTime = 0;
  sound.tells("loadedmetadata");
  const anew = [sound.src, sound.currentTime];
  told(room([SNOW]));

  expect([...anew, sound.src, catchUp.now]).toEqual(["/dust-anew", 12, "/snow", SNOW]);
});

test.each<[string, () => void]>([
  ["is called to the stage", () => told({ ...room([DUST]), me: { invitation: {} } } as unknown as RoomState)],
  [
    "is on stage",
    () => {
      hall.voice.inFront = true;
      told(room([DUST]));
    },
  ],
  ["sees the room end", () => told(room([DUST], { phase: "ended" }))],
  ["leaves", () => told(null)],
])("whoever %s hears the room live", async (_, happens) => {
  catchUp.begin();

  happens();
  await vi.advanceTimersByTimeAsync(350);

  expect([catchUp.on, hall.hearing.playback.live, sound.sounds]).toEqual([false, 1, false]);
});

test("a link that has run out is fetched once more at the same place; then it is said", () => {
  catchUp.begin();
  sound.currentTime = 30;
  sound.tells("timeupdate");
  sound.play = async () => undefined;
  sound.tells("error");
  const again = [sound.src, catchUp.place, catchUp.broken];
  sound.tells("error");

  expect([...again, catchUp.broken]).toEqual(["/dust", 30_000, false, true]);
});

test("who was there from the beginning is offered nothing, and what was missed meanwhile is", () => {
  told(null);
  told(room([]));
  vi.setSystemTime(NOW + 60_000);
  const heard = { ...DUST, at: NOW + 1000, length: 10_000 };
  told(room([heard]));
  const there = catchUp.left;
  told(room([SNOW, heard]));
  catchUp.begin();

  vi.setSystemTime(NOW + 120_000);
  told(room([SNOW, heard, { ...answer("song", 0), at: NOW + 70_000 }]));

  expect(there).toEqual([]);
  expect(catchUp.left.map((one) => one.question)).toEqual(["snow", "song"]);
});
