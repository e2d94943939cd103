import { expect, test, vi } from "vitest";
import { Player } from "./player.svelte";

/** An element that sounds, as far as a player speaks to it. */
class Sound extends EventTarget {
  currentTime = 0;
  playbackRate = 1;
  defaultPlaybackRate = 1;
  paused = true;
  ended = false;
  seeking = false;
  readyState = 0;
  taken: string[] = [];

  set src(url: string) {
    this.taken.push(url);
    this.readyState = 0;
    this.currentTime = 0;
  }

  knows(): void {
    this.readyState = 4;
    this.dispatchEvent(new Event("loadedmetadata"));
  }

  async play(): Promise<void> {
    this.paused = false;
  }

  pause(): void {
    this.paused = true;
    this.dispatchEvent(new Event("pause"));
  }
}

function attached(renew: () => Promise<void> = async () => undefined): [Player, Sound] {
  const [player, sound] = [new Player(renew), new Sound()];
  player.attach(sound as unknown as HTMLAudioElement);
  return [player, sound];
}

test("one goes to a place before the sound is there, and it begins there", () => {
  const [player, sound] = attached();

  player.load("/files/a/1.m4a?sign=a", 60_000);
  player.seek(21_000);
  sound.dispatchEvent(new Event("timeupdate"));
  const before = player.place;
  sound.knows();

  expect([before, sound.currentTime]).toEqual([21_000, 21]);
});

test("a new link to the same file disturbs nothing; another edition goes on where this one was", async () => {
  const [player, sound] = attached();
  player.load("/files/a/1.m4a?sign=a", 60_000);
  sound.knows();
  player.pace(1.5);
  await player.play();
  player.seek(30_000);

  player.load("/files/a/1.m4a?sign=b", 60_000);
  player.load("/files/a/2.m4a?sign=c", 50_000);
  sound.knows();

  expect(sound.taken).toEqual(["/files/a/1.m4a?sign=a", "/files/a/2.m4a?sign=c"]);
  expect([sound.currentTime, sound.playbackRate, sound.paused]).toEqual([30, 1.5, false]);
});

test("a link that ran out is made anew once; when that fails as well, it is said", async () => {
  const renew = vi.fn(async () => player.load("/files/a/1.m4a?sign=b", 60_000));
  const [player, sound] = attached(renew);
  player.load("/files/a/1.m4a?sign=a", 60_000);
  sound.knows();
  player.seek(30_000);

  sound.dispatchEvent(new Event("error"));
  await vi.waitFor(() => expect(sound.taken).toHaveLength(2));
  const mended = player.broken;
  sound.dispatchEvent(new Event("error"));

  expect([mended, player.broken, renew.mock.calls.length, player.place]).toEqual([false, true, 1, 30_000]);
});

test("what begins to sound silences what sounded before", async () => {
  const [[first], [second, sound]] = [attached(), attached()];
  first.load("/files/a.m4a", 60_000);
  second.load("/files/b.m4a", 60_000);

  await first.play();
  await second.play();

  expect([first.playing, second.playing, sound.paused]).toEqual([false, true, false]);
});
