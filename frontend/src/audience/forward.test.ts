import { expect, test } from "vitest";
import type { Question, RoomView, Seat } from "$/live/protocol";
import { forward } from "./forward";

test("who asks under their name is seen once; who hides it, speaks or was answered is not", () => {
  const questions = [
    { person: "ben", name: "Ben", state: "open" },
    { person: "ben", name: "Ben", state: "open" },
    { person: null, name: null, state: "open" },
    { person: "ada", name: "Ada", state: "open" },
    { person: "dee", name: "Dee", state: "answered" },
  ] as Question[];

  expect(forward({ questions, seats: [{ person: "ada" } as Seat] } as RoomView)).toEqual([["ben", "Ben"]]);
});
