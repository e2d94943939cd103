import { expect, test } from "vitest";
import { unfound } from "./calls.js";

const found = (source, script = true) => unfound(source, { script }).map(({ call }) => call);

test("a sentence that stands in the call is found, and one that is gathered where it is given", () => {
  const said =
    't("On air"); t(\n  "In {time}.", { time }); count(n, "{n} vote", "{n} votes"); t(outcome.text); t((why as Error).message);';
  expect(found(said)).toEqual([]);
});

test("a call that waits, chooses, joins or names its sentence is told, each with its line", () => {
  const said = [
    "t(await made.wish(remove))",
    't(late ? "Late." : "On air.")',
    't("On " + where)',
    "t(`On ${where}`)",
  ];
  expect(found([...said, "t(sentence)", "t(words[code])", "t()"].join(";\n"))).toEqual([
    ...said,
    "t(sentence)",
    "t(words[code])",
    "t()",
  ]);
  expect(unfound('t("On air");\nt(told);', { script: true })).toEqual([{ line: 2, call: "t(told)" }]);
});

test("both words of a count stand in it", () => {
  expect(found('count(n, one, "{n} votes"); count(n, "{n} vote", many.text)')).toEqual([
    'count(n, one, "{n} votes")',
    'count(n, "{n} vote", many.text)',
  ]);
});

test("templates are looked through, in their attributes, blocks and scripts", () => {
  const template =
    '<script lang="ts">const told = t(a);</script>{#if t(b)}<i title={t(c)} onclick={() => t(d)}>{t("On air")}</i>{/if}';
  expect(found(template, false).sort()).toEqual(["t(a)", "t(b)", "t(c)", "t(d)"]);
});
