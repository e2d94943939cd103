import { beforeEach, expect, test, vi } from "vitest";
import { playable, Stream, type Streams } from "./stream";

const AT = "https://talk.example.org/r/river/stream";
const ADDRESSES: Streams = {
  on_air: true,
  hls: `${AT}.m3u8`,
  mp3: `${AT}.mp3?sign=a`,
  aac: `${AT}.aac`,
  opus: `${AT}.opus`,
};
const [MP3, AAC] = ["/r/river/stream.mp3?sign=a", "/r/river/stream.aac"];

/** A media element that plays what it is given when the story says so. */
class Player extends EventTarget {
  src = "";
  paused = true;
  ended = false;
  asked: string[] = [];
  allowed = true;

  async play() {
    this.asked.push(this.src);
    if (!this.allowed) throw new DOMException("press something", "NotAllowedError");
    this.paused = false;
  }
  pause() {
    this.paused = true;
    this.tells("pause");
  }
  load() {
    this.paused = true;
  }
  removeAttribute() {
    this.src = "";
  }
  canPlayType = () => "";
  tells(kind: string) {
    this.dispatchEvent(new Event(kind));
  }
}

let player: Player;
let said: string[];
let where: () => Promise<Streams | null>;
let stream: Stream;

beforeEach(() => {
  vi.useFakeTimers();
  player = new Player();
  said = [];
  where = async () => ADDRESSES;
  const ears = {
    plays: () => said.push("plays"),
    blocked: () => said.push("blocked"),
    mute: () => said.push("mute"),
  };
  stream = new Stream(
    () => player as unknown as HTMLAudioElement,
    () => where(),
    ears,
  );
});

const settle = (time = 0) => vi.advanceTimersByTimeAsync(time);

test("a file without an end plays everywhere; Safari without Media Source takes HLS first", () => {
  const safari = { canPlayType: () => "maybe" as const };

  vi.stubGlobal("MediaSource", class {});
  const withIt = playable(ADDRESSES, safari);
  vi.unstubAllGlobals();

  expect([withIt, playable(ADDRESSES, safari)]).toEqual([
    [ADDRESSES.mp3, ADDRESSES.aac],
    [ADDRESSES.hls, ADDRESSES.mp3],
  ]);
});

test("it is played, and told when it sounds", async () => {
  stream.play();
  await settle();
  player.tells("playing");

  expect([player.asked, said]).toEqual([[MP3], ["plays"]]);
});

test("what breaks is asked for anew where it is now, in the next kind; three times, and it is mute", async () => {
  stream.play();
  for (let n = 0; n < 3; n++) {
    await settle(1000);
    player.tells("error");
  }

  expect([player.asked, said, player.src]).toEqual([[MP3, AAC, MP3], ["mute"], ""]);
});

test("one that sounds again has all its tries again", async () => {
  stream.play();
  for (let n = 0; n < 5; n++) {
    await settle(1000);
    player.tells("playing");
    player.tells("ended");
  }

  expect([player.asked.length, said.includes("mute")]).toEqual([5, false]);
});

test("nothing for ten seconds is as good as broken", async () => {
  stream.play();
  await settle(10_000 + 1000);

  expect(player.asked).toEqual([MP3, AAC]);
});

test.each([
  ["nobody is on air", async () => ({ ...ADDRESSES, on_air: false })],
  ["it is refused", () => Promise.reject(new Error("no"))],
])("where %s it is mute at once", async (_, told) => {
  where = told;
  stream.play();
  await settle();

  expect([player.asked, said]).toEqual([[], ["mute"]]);
});

test("where the browser waits for a press, and where the system stops it, a tap brings what is said now", async () => {
  player.allowed = false;
  stream.play();
  await settle();
  player.allowed = true;
  stream.tap();
  await settle();
  player.tells("playing");
  player.pause();
  stream.tap();
  await settle();

  expect([player.asked, said]).toEqual([
    [MP3, MP3, MP3],
    ["blocked", "plays", "blocked"],
  ]);
});

test("once stopped it says and plays nothing more, also what was on its way", async () => {
  stream.play();
  stream.stop();
  await settle(20_000);
  player.tells("error");

  expect([player.asked, said]).toEqual([[], []]);
});
