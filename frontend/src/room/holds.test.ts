import { beforeEach, expect, test } from "vitest";
import { holds } from "./holds";

let heard: string[];
let maySpeak: boolean;
let space: ReturnType<typeof holds>;

beforeEach(() => {
  heard = [];
  maySpeak = true;
  document.body.innerHTML = "<main tabindex='-1'></main><button>Vote</button>";
  space = holds({ " ": (on) => maySpeak && heard.push(on ? "speaks" : "is still") > 0 });
});

function press(what: "keydown" | "keyup", at: string, more: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent(what, { key: " ", bubbles: true, cancelable: true, ...more });
  document.querySelector(at)?.dispatchEvent(event);
  (what === "keydown" ? space.down : space.up)(event);
  return event.defaultPrevented;
}

test("one speaks while the key is held, and the page does not scroll meanwhile", () => {
  const stopped = [press("keydown", "main"), press("keydown", "main", { repeat: true })];
  press("keyup", "main");

  expect([heard, stopped]).toEqual([
    ["speaks", "is still"],
    [true, true],
  ]);
});

test("space presses the button that has the focus", () => {
  expect(press("keydown", "button")).toBe(false);
  press("keyup", "button");

  expect(heard).toEqual([]);
});

test("who has no microphone to open scrolls the page", () => {
  maySpeak = false;

  expect(press("keydown", "main")).toBe(false);
});

test("who leaves the page while the key is held has let go", () => {
  press("keydown", "main");
  space.away();
  press("keyup", "main");

  expect(heard).toEqual(["speaks", "is still"]);
});
