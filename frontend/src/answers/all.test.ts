import { expect, test } from "vitest";
import { All } from "./all.svelte";
import type { AnswerCard } from "./api";

const card = (answer: string) => ({ answer }) as AnswerCard;

test("a list goes on where it ended, with each answer once, and keeps what it has when the line breaks", async () => {
  const asked: (string | null)[] = [];
  const pages = [
    { answers: [card("a"), card("b")], next: "2", many: 3 },
    { answers: [card("b"), card("c")], next: null, many: 3 },
  ];
  const all = new All((after) => {
    asked.push(after);
    const page = pages.shift();
    return page ? Promise.resolve(page) : Promise.reject(new Error("away"));
  });

  for (let n = 0; n < 3; n++) await all.more();

  expect(asked).toEqual([null, "2", null]);
  expect(all.answers?.map((one) => one.answer)).toEqual(["a", "b", "c"]);
  expect([all.many, all.fault?.message, all.busy]).toEqual([3, "away", false]);
});
