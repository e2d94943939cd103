import { expect, test } from "vitest";
import { Asked, AskedPages } from "./asked.svelte";

test("as many pages as were wanted are asked anew each time, and no more than there are", async () => {
  const asked: string[] = [];
  const pages: Record<string, { found: string[]; next: string | null }> = {
    "": { found: ["a"], next: "a" },
    a: { found: ["b"], next: "b" },
    b: { found: ["c"], next: null },
  };
  const list = new AskedPages((before) => {
    asked.push(before);
    return Promise.resolve(pages[before] ?? { found: [], next: null });
  });

  await list.load();
  const first = list.told;
  await list.more();
  await list.more();
  await list.more();

  expect(first).toEqual({ found: ["a"], next: "a" });
  expect(list.told).toEqual({ found: ["a", "b", "c"], next: null });
  expect(asked.slice(-3)).toEqual(["", "a", "b"]);
});

test("an answer that was overtaken by a later one is not shown", async () => {
  const answers: ((told: string) => void)[] = [];
  const asked = new Asked(() => new Promise<string>((resolve) => answers.push(resolve)));

  const both = [asked.load(), asked.load()];
  answers[1]?.("later");
  answers[0]?.("before");
  await Promise.all(both);

  expect(asked.told).toBe("later");
});
