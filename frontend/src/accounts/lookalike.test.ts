import { describe, expect, it } from "vitest";
import { namedLike, outline } from "./lookalike";

describe("what the eye takes in", () => {
  it.each([
    ["Aurélie Sandoz", "Аurélie Sandоz"],
    ["Aurélie Sandoz", "AURELIE SANDOZ"],
    ["Aurélie Sandoz", "Aurélie-Sandoz."],
    ["Ian Bell", "lan Bell"],
    ["Otto", "0tto"],
    ["Otto", "Οττο"],
    ["Karim", "𝐊𝐚𝐫𝐢𝐦"],
    ["Marnie", "Mamie"],
    ["Yuki", "Ｙｕｋｉ"],
  ])("%s and %s look the same", (one, other) => expect(outline(one)).toBe(outline(other)));

  it.each([
    ["Aurélie Sandoz", "Aurélie Sanders"],
    ["ليلى", "لبنى"],
    ["田辺", "田中"],
    ["🌊", "🔥"],
  ])("%s and %s do not", (one, other) => expect(outline(one)).not.toBe(outline(other)));
});

describe("who is named like somebody else", () => {
  const host = { person: "h", name: "Aurélie" };
  const first = { person: "a", name: "Otto" };
  const second = { person: "b", name: "0tto" };
  const seats = [host, first, second];

  it.each([
    ["the host", host, null],
    ["who came first", first, null],
    ["who came second with such a name", second, "speaker"],
    ["a listener named like the host", { person: "c", name: "Аurelie" }, "host"],
    ["a listener named like a speaker", { person: "c", name: "OTTO" }, "speaker"],
    ["a listener with a name of their own", { person: "c", name: "Ida" }, null],
    ["somebody without a name", { person: null, name: null }, null],
  ])("%s", (_, one, told) => expect(namedLike(one, host, seats)).toBe(told));

  it("the host keeps their name, though somebody was on stage before them", () => {
    expect(namedLike(host, host, [{ person: "a", name: "Aurelie" }, host])).toBe(null);
  });
});
