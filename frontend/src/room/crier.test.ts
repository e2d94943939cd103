import { expect, test } from "vitest";
import type { Question, RoomView, Seat } from "$/live/protocol";
import { Crier } from "./crier";

const room = (names: string[], asked: number[] = []) =>
  ({
    seats: names.map((name) => ({ person: name.toLowerCase(), name }) as Seat),
    questions: asked.map((asked_at) => ({ person: "ben", asked_at }) as Question),
  }) as RoomView;

test("in a small room each is told by name, and who was there before is no news", () => {
  const crier = new Crier();

  crier.see(room(["Ada"], [1]), "me");
  const first = crier.says(0, 3);
  crier.see(room(["Ada", "Karim"], [1, 2]), "me");
  const second = crier.says(100, 3);
  crier.see(room(["Karim"], [1, 2]), "me");

  expect([first, second, crier.says(3000, 3)]).toEqual([
    "",
    "Karim is on stage now. 1 new question.",
    "Ada has left the stage.",
  ]);
});

test("in a larger room what happens in ten seconds is one sentence each", () => {
  const crier = new Crier();
  crier.see(room(["Ada"]), "me");
  crier.see(room(["Ada", "Ben"]), "me");
  const told = [crier.says(0, 100)];

  crier.see(room(["Ada", "Ben", "Cho", "Dee"], [5]), "me");
  told.push(crier.says(4000, 100));
  crier.see(room(["Ada", "Ben", "Cho", "Dee"], [5, 6, 7]), "me");
  told.push(crier.says(9999, 100), crier.says(10_000, 100), crier.says(30_000, 100));

  expect(told).toEqual(["Ben is on stage now.", "", "", "2 people came on stage. 3 new questions.", ""]);
});

test("in a large room the stage is told every half minute, and questions are not", () => {
  const crier = new Crier();
  crier.see(room(["Ada"]), "me");
  crier.see(room(["Ada", "Ben"], [1]), "me");
  const told = [crier.says(0, 500)];

  crier.see(room(["Ada"], [1, 2]), "me");
  told.push(crier.says(29_000, 500), crier.says(30_000, 500));
  crier.see(room(["Ada"], [1, 2, 3]), "me");
  told.push(crier.says(90_000, 500));

  expect(told).toEqual(["Ben is on stage now.", "", "Ben has left the stage.", ""]);
});

test("who leaves and returns meanwhile was never away; oneself, and older questions, are not told", () => {
  const crier = new Crier();
  crier.see(room(["Ada", "Ben"], [5]), "me");

  crier.see(room(["Ada"], [5]), "me");
  crier.see(room(["Ada", "Ben", "Me"], [5, 3, 2]), "me");

  expect(crier.says(0, 3)).toBe("");
});
