import { beforeEach, expect, test } from "vitest";
import { keys } from "./keys";

let done: string[];
let press: (event: KeyboardEvent) => void;

beforeEach(() => {
  document.body.innerHTML = `<section class="desk-stage"></section><section class="desk-floor"></section>
    <article class="now-on-air"></article><li class="floor-row" tabindex="0"></li><li class="floor-row" tabindex="0"></li>`;
  done = [];
  press = keys({ n: () => done.push("next"), l: () => done.push("leave") });
});

const pressed = (...all: string[]) =>
  all.forEach((key) => press(new KeyboardEvent("keydown", { key, cancelable: true })));
const where = () => document.activeElement?.className;

test.each([
  ["s", "desk-stage"],
  ["q", "desk-floor"],
  ["n", "now-on-air"],
])("g and %s go to %s, and do nothing else", (key, place) => {
  pressed("g", key);

  expect([where(), done]).toEqual([place, []]);
});

test("a key that is pressed alone does what it does", () => {
  pressed("n", "g", "x", "l");

  expect(done).toEqual(["next", "leave"]);
});

test("two parts of a page that listen for keys go once", () => {
  const desk = press;
  const page = keys({ q: () => done.push("ask") });
  press = (event) => [desk, page].forEach((listens) => listens(event));

  pressed("g", "q", "q");

  expect([where(), done]).toEqual(["desk-floor", ["ask"]]);
});

test("j and k step through the queue at a desk", () => {
  pressed("j", "j", "k");

  expect(document.activeElement).toBe(document.querySelector(".floor-row"));
});
