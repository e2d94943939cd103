import { expect, test } from "vitest";
import { askedIn, spelled, type Asked } from "./api";

const plain: Asked = { q: "", kind: null, language: "", tag: "" };

test("what is asked for comes back from its address", () => {
  const asked: Asked = { q: "l’été & +1 #?", kind: "questions", language: "fr", tag: "birds" };

  expect(askedIn(`?${spelled(asked)}`)).toEqual(asked);
  expect(spelled({ ...plain, q: "owls" })).toBe("q=owls");
  expect(spelled({ ...plain, q: "owls" }, "0.7")).toBe("q=owls&after=0.7");
});

test("an address that says nothing, or what there is not, asks for nothing", () => {
  expect(askedIn("")).toEqual(plain);
  expect(askedIn("?kind=clips")).toEqual(plain);
});
