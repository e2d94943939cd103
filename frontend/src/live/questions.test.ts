import { describe, expect, test } from "vitest";
import { folded, given, question } from "./living";

describe("questions", () => {
  test("the counts are those that were told, whatever this page knew of", () => {
    const next = folded(
      given({ questions: [question("a")], open_count: 61 }),
      { is: "question.asked", question: question("b"), open_count: 62, answered_count: 7 },
      {
        is: "question.changed",
        question: question("c", { state: "on_air" }),
        open_count: 61,
        answered_count: 8,
      },
    );
    expect(next.room.questions.map((one) => one.id)).toEqual(["a", "b", "c"]);
    expect([next.room.open_count, next.room.answered_count]).toEqual([61, 8]);
  });

  test("a question taken back, dismissed or joined with another is gone", () => {
    const questions = [question("a"), question("b"), question("c")];
    const counts = { open_count: 2, answered_count: 0 };
    const next = folded(
      given({ questions, open_count: 3 }),
      { is: "question.changed", question: question("a", { state: "withdrawn" }), ...counts },
      { is: "question.gone", question: "b", into: "c", open_count: 1, answered_count: 5 },
    );
    expect(next.room.questions.map((one) => one.id)).toEqual(["c"]);
    expect([next.room.open_count, next.room.answered_count]).toEqual([1, 5]);
  });

  test("what was open when the room ended is carried over, in every list", () => {
    const states = ["open", "answered"] as const;
    const all = states.map((state) => question(state, { state }));
    const before = given({ questions: all });
    const mine = { ...before.me, questions: [question("open", { anonymous: true })] };
    const next = folded({ ...before, me: mine }, { is: "questions.carried_over" });
    expect(next.room.questions.map((one) => one.state)).toEqual(["carried_over", "answered"]);
    expect(next.me.questions.map((one) => one.state)).toEqual(["carried_over"]);
  });

  test("one's vote goes with a question that is joined with another", () => {
    const next = folded(
      given(),
      { is: "me.voted", question: "a", value: -1 },
      { is: "me.voted", question: "b", value: 1 },
      { is: "me.merged", question: "a", into: "c", value: -1 },
      { is: "me.voted", question: "b", value: 0 },
    );
    expect([next.me.voted, next.me.against]).toEqual([[], ["c"]]);
  });

  test("tallies are absolute, and those not told stay", () => {
    const before = given({ questions: [question("a", { votes: 3 }), question("b", { votes: 5 })] });
    const next = folded(before, { is: "votes.counted", tallies: { a: 9 }, guests: { a: 2 } });
    expect(next.room.questions.map((one) => [one.votes, one.guest_votes])).toEqual([
      [9, 2],
      [5, 0],
    ]);
  });
});
