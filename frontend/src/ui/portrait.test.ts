import { expect, test } from "vitest";
import { cover, initials, paper } from "./portrait";

test("initials of the first and the last name, in any script", () => {
  expect(["Pilar Ortega", "Anna Maria van Dijk", "Ida", "نور حداد", "  "].map(initials)).toEqual([
    "PO",
    "AD",
    "I",
    "نح",
    "",
  ]);
});

test("the same name has the same paper, and names spread over all six", () => {
  expect(paper("Ida Brandt")).toBe(paper("Ida Brandt"));
  expect(new Set(Array.from({ length: 60 }, (_, n) => paper(`Person ${n}`))).size).toBe(6);
});

test("a room's own cover goes before a drawn one", () => {
  expect(cover({ room: "a", cover: "/own.svg" })).toBe("/own.svg");
  expect(cover({ room: "a", cover: null })).toMatch(/^\/art\/c-\w+\.svg$/);
});
