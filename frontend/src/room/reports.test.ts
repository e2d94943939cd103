import { expect, test } from "vitest";
import type { RoomView } from "$/live/protocol";
import { reportable } from "./reports";

const seat = (person: string, name: string) => ({ person, name });
const question = (id: string, name: string | null) => ({ id, name, person: name, text: `${id}?` });

test("people who stepped forward can be reported once each, and questions without a name as well", () => {
  const room = {
    seats: [seat("ada", "Ada"), seat("ben", "Ben")],
    host: "Ada",
    host_person: "ada",
    questions: [question("why", "ben"), question("how", null)],
  } as unknown as RoomView;

  const found = reportable(room);

  expect(found.people.map(([id]) => id)).toEqual(["person ada", "person ben"]);
  expect(found.questions).toEqual([
    ["question why", "why?"],
    ["question how", "how?"],
  ]);
});

test("from outside, the room alone can be reported", () => {
  expect(reportable(null)).toEqual({ people: [], questions: [] });
});
