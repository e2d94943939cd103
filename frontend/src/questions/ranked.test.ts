import { expect, test } from "vitest";
import type { Question } from "$/live/protocol";
import { inTab, wanted } from "./ranked";

const MINUTE = 60_000;

const asked = (id: string, votes: number, at: number, more: Partial<Question> = {}): Question => ({
  id,
  text: id,
  person: id,
  name: id,
  anonymous: false,
  myself: false,
  state: "open",
  votes,
  guest_votes: 0,
  asked_at: at,
  on_air_at: null,
  answered_at: null,
  called_at: null,
  edited: false,
  held: null,
  reason: null,
  into: null,
  ...more,
});

const ids = (questions: Question[]) => questions.map((question) => question.id).join("");

test("most wanted first; who asked earlier stands before who asked later", () => {
  expect(ids(wanted([asked("a", 1, 2), asked("b", 5, 3), asked("c", 1, 1)], MINUTE, 0))).toBe("bca");
});

test("what the room ended before is still wanted", () => {
  const carried = asked("a", 3, 1, { state: "carried_over" });
  const answered = asked("c", 9, 3, { state: "answered" });
  expect(ids(wanted([asked("b", 1, 2), carried, answered], MINUTE, 0))).toBe("ab");
});

test("behind the five most wanted, a late question that gathers votes fast has its chance", () => {
  const old = ["a", "b", "c", "d", "e"].map((id, n) => asked(id, 50 - n, 0));
  const slow = asked("f", 10, 0);
  const late = asked("g", 4, 59 * MINUTE);
  expect(ids(wanted([slow, late, ...old], 60 * MINUTE, 0))).toBe("abcdegf");
});

test("what is on air or answered is not wanted any more", () => {
  const questions = [
    asked("a", 1, 1, { state: "on_air" }),
    asked("b", 1, 1, { state: "answered", answered_at: 5 }),
    asked("c", 0, 1),
  ];
  expect(ids(wanted(questions, 0, 0))).toBe("c");
  expect(ids(inTab("answered", questions, "me", 0, 0))).toBe("b");
  expect(ids(inTab("mine", questions, "a", 0, 0))).toBe("a");
});

test("the question that is called next stands before all others", () => {
  const questions = [asked("a", 9, 1), asked("b", 0, 2, { state: "next" })];
  expect(ids(inTab("wanted", questions, "me", 0, 0))).toBe("ba");
});
