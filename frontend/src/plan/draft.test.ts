import { expect, test } from "vitest";
import { faults, linesIn, localOf, startOf, tagsIn } from "./draft";

const NOW = new Date("2026-11-21T12:00").getTime();
const plan = {
  title: "Can a river have rights?",
  description: "",
  later: false,
  local: "",
  zone: "Europe/Paris",
  which: null,
  tags: [],
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
    expect(faults({ ...plan, later: true, local: localOf(date, "20:30") }, NOW)).toHaveProperty("start");
  }
  expect(faults({ ...plan, later: true, local: localOf("2026-11-22", "20:30") }, NOW)).toEqual({});
});

test("half a moment is none", () => {
  expect(startOf(localOf("2026-11-22", ""), "UTC", null)).toBeNull();
});

test("an hour that clocks leave out is refused with the next; of two equal hours it is asked which", () => {
  const later = { ...plan, later: true };

  expect(faults({ ...later, local: "2027-03-28T02:30" }, NOW).start).toMatch(/The next is 0?3:00/);
  expect(faults({ ...later, local: "2027-10-31T02:30" }, NOW).start).toMatch(/twice/);
  expect(faults({ ...later, local: "2027-10-31T02:30", which: "second" }, NOW)).toEqual({});
  expect(startOf("2027-10-31T02:30", "Europe/Paris", "second")).toBe(Date.UTC(2027, 9, 31, 1, 30));
  expect(faults({ ...later, zone: "Europe/Atlantis", local: "2027-07-01T20:30" }, NOW)).toHaveProperty(
    "zone",
  );
});

test("tags are words, none twice, and not too many", () => {
  expect(tagsIn("#Birds, rivers birds،طيور")).toEqual(["birds", "rivers", "طيور"]);
  for (const tags of [["a", "b", "c", "d", "e", "f"], ["x".repeat(31)], ["a/b"]]) {
    expect(faults({ ...plan, tags }, NOW)).toHaveProperty("tags");
  }
});

test("each line stands for itself, and none twice", () => {
  expect(linesIn(" Ida Brandt \n\nKarim Tafrout\nIda Brandt")).toEqual(["Ida Brandt", "Karim Tafrout"]);
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
