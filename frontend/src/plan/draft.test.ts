import { expect, test } from "vitest";
import { faults, linesIn, startOf } from "./draft";

const NOW = new Date("2026-11-21T12:00").getTime();
const plan = {
  title: "Can a river have rights?",
  description: "",
  later: false,
  startsAt: null,
  speakers: [],
  agenda: [],
};

test("a title is enough", () => {
  expect(faults(plan, NOW)).toEqual({});
});

test("each fault is told with its field", () => {
  expect(faults({ ...plan, title: "  ", later: true }, NOW)).toEqual({
    title: "A title has 1 to 100 characters.",
    start: "Choose a day and an hour.",
  });
});

test("a room cannot start yesterday, nor in two years", () => {
  for (const date of ["2026-11-20", "2028-11-21"]) {
    expect(faults({ ...plan, later: true, startsAt: startOf(date, "20:30") }, NOW)).toHaveProperty("start");
  }
  expect(faults({ ...plan, later: true, startsAt: startOf("2026-11-22", "20:30") }, NOW)).toEqual({});
});

test("half a moment is none", () => {
  expect(startOf("2026-11-22", "")).toBeNull();
});

test("each line is somebody who speaks along, and nobody twice", () => {
  expect(linesIn(" Ida Brandt \n\nKarim Tafrout\nIda Brandt")).toEqual(["Ida Brandt", "Karim Tafrout"]);
});

test("a speaker's name is no essay, and a room has so many links and no more", () => {
  const many = Array.from({ length: 51 }, (_, n) => `Speaker ${n}`);

  expect(faults({ ...plan, speakers: ["x".repeat(61)] }, NOW).speakers).toBe(
    "A name has 1 to 60 characters.",
  );
  expect(faults({ ...plan, speakers: many }, NOW).speakers).toBe("A room has at most 50 speaker links.");
  expect(faults({ ...plan, speakers: many.slice(1) }, NOW)).toEqual({});
});

test("an agenda has lines that can be topics, and not too many", () => {
  const sentence =
    "An agenda has at most 20 lines. Each has 1 to 100 characters, without control characters.";
  const many = Array.from({ length: 21 }, (_, n) => `Topic ${n}`);

  for (const agenda of [["x".repeat(101)], many, ["Swifts\u0007"]]) {
    expect(faults({ ...plan, agenda }, NOW)).toEqual({ agenda: sentence });
  }
  expect(faults({ ...plan, agenda: many.slice(1) }, NOW)).toEqual({});
});
