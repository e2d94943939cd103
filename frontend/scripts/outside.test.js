import { expect, test } from "vitest";
import { outside } from "./outside.js";

const keys = new Set(["Only hosts can do this."]);
const found = (source, script = false) => outside(source, { script, keys }).map(({ text }) => text);

test("what stands in a template is found, plainly or in an expression", () => {
  expect(found("<p>Hello you</p>")).toEqual(["Hello you"]);
  expect(found('<p>{late ? "late" : t("On air")}</p>')).toEqual(["late"]);
  expect(found("<p>{n} of {`${all} people`}</p>")).toEqual(["of", "people"]);
});

test("what a label says is found", () => {
  const labels = ["aria-label", "title", "placeholder", "alt"];
  expect(labels.flatMap((label) => found(`<i ${label}="Close this"></i>`))).toEqual(
    labels.map(() => "Close this"),
  );
  expect(found('<Lost text={"Nothing here"} />')).toEqual(["Nothing here"]);
});

test("a sentence in the code is found where it is no key", () => {
  expect(found('const told = "Nobody may do this.";', true)).toEqual(["Nobody may do this."]);
  expect(found('const told = "Only hosts can do this.";', true)).toEqual([]);
});

test("what goes through words, names, addresses and classes are left alone", () => {
  const said = '<p class="small soft">{t("On air")} {count(n, "{n} vote", "{n} votes")} · 12 MP3</p>';
  expect(found(said)).toEqual([]);
  expect(found('<input placeholder="https://" name="the address" /><code>npm run it</code>')).toEqual([]);
  expect(found('<b style:inset="0 9rem" data-kind="Some kind"></b>')).toEqual([]);
});
