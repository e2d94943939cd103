import { describe, expect, it } from "vitest";
import type { CatchUpAnswer } from "$/live/protocol";
import { after, glided, missed, together } from "./catchup";

const answer = (question: string, at: number, length = 10): CatchUpAnswer => ({
  question,
  title: `What of ${question}?`,
  asker: null,
  at,
  length,
  url: `/${question}`,
});
const [dust, song, snow] = [answer("dust", 100), answer("song", 200), answer("snow", 300)];
const nothing = new Set<string>();

describe("what one has missed", () => {
  it("is what was on air before one came", () => {
    expect(missed([dust, song, snow], 250, [], nothing)).toEqual([dust, song]);
  });

  it("is also what was said while one caught up, and no more what one has heard", () => {
    const away = [{ from: 305, until: Infinity }];

    expect(missed([dust, song, snow], 150, away, new Set(["dust"]))).toEqual([snow]);
  });

  it("is nothing to somebody who was there from the beginning", () => {
    expect(missed([dust, song], 50, [{ from: 120, until: 200 }], nothing)).toEqual([]);
  });

  it("is so long together", () => {
    expect(together([dust, song])).toBe(20);
  });
});

describe("what comes after an answer", () => {
  it("is the next one, then what was passed over, then nothing", () => {
    expect(after([dust, song, snow], song)).toEqual(snow);
    expect(after([dust, snow], snow)).toEqual(dust);
    expect(after([snow], snow)).toBeUndefined();
  });
});

describe("a glide", () => {
  it("takes 300 ms, and no time in a hidden tab", () => {
    const steps = [0, 150, 300, 900].map((gone) => glided(0, 1, gone, false));

    expect([...steps, glided(1, 0, 10, true)]).toEqual([0, 0.5, 1, 1, 0]);
  });
});
