import { describe, expect, test } from "vitest";
import { begun, type Course, due, goes, LIVE, type Moment, MUTE, type News, PATIENCE, tries } from "./way";

const NOW = 1_000_000;
const at = (gone: number, more: Partial<Moment> = {}): Moment => ({
  now: NOW + gone,
  hidden: false,
  nearness: "audience",
  chance: 0.5,
  ...more,
});

/** One thing after another, each so long after the first. */
const after = (...happened: [News, number, Partial<Moment>?][]): Course =>
  happened.reduce((course, [news, gone, more]) => goes(course, news, at(gone, more)), LIVE);

const STREAMED = after(["answered", 0], ["time", PATIENCE]);
const UP = after(["answered", 0], ["up", 200]);

describe("from live sound to the stream", () => {
  test("it is up within six seconds of the answer, and nothing more is waited for", () => {
    expect(UP).toEqual({ ...LIVE, up: true });
    expect(due(UP, at(300))).toBeNull();
  });

  test("six seconds without it after the answer are enough; a moment less is not", () => {
    const waiting = after(["tried", 0], ["answered", 100]);

    expect(due(waiting, at(200))).toBe(NOW + 100 + PATIENCE);
    expect(goes(waiting, "time", at(PATIENCE + 99)).way).toBe("live");
    expect(goes(waiting, "time", at(PATIENCE + 100)).way).toBe("stream");
  });

  test("tries that fail and are made again do not begin the six seconds anew", () => {
    const course = after(
      ["answered", 0],
      ["failed", 2000],
      ["tried", 2300],
      ["answered", 2400],
      ["failed", 5000],
    );

    expect(course.until).toBe(NOW + PATIENCE);
    expect(goes(course, "time", at(PATIENCE)).way).toBe("stream");
  });

  test("where live sound is full, nobody waits", () => {
    const course = after(["tried", 0], ["full", 50]);

    expect([course.way, course.full, course.up]).toEqual(["stream", true, false]);
    expect(tries(course, at(60))).toBe(false);
  });

  test("a connection that dropped is offered again at once, and given six seconds", () => {
    const course = goes(UP, "dropped", at(60_000));

    expect([course.way, course.again, course.until]).toEqual(["live", NOW + 60_300, NOW + 60_000 + PATIENCE]);
    expect(goes(course, "up", at(61_000)).way).toBe("live");
  });

  test("one that is told to be lost twice has dropped once", () => {
    const once = goes(UP, "dropped", at(60_000));

    expect(goes(once, "dropped", at(60_001))).toEqual(once);
  });

  test("the third drop within a minute is one too many, and then it is left alone for a while", () => {
    const twice = after(["up", 0], ["dropped", 1000], ["up", 2000], ["dropped", 3000], ["up", 4000]);

    const third = goes(twice, "dropped", at(50_000));

    expect([twice.way, third.way, third.again]).toEqual(["live", "stream", NOW + 50_000 + 60_000]);
    expect(goes(twice, "dropped", at(70_000)).way).toBe("live");
  });

  test("a hidden page whose connection drops is on the stream at once, and stays until it is seen", () => {
    const course = goes(UP, "dropped", at(60_000, { hidden: true }));

    expect(course.way).toBe("stream");
    expect(due(course, at(60_001, { hidden: true }))).toBeNull();
    expect(tries(goes(course, "wished", at(90_000)), at(90_000))).toBe(true);
  });

  test("who begins again on a locked phone goes on with the stream; else live sound comes first", () => {
    expect([begun(STREAMED, true).way, begun(STREAMED, false).way, begun(UP, true).way]).toEqual([
      "stream",
      "live",
      "live",
    ]);
  });
});

describe("back to live sound", () => {
  test("it is tried again now and then, ever more seldom, never by all at once", () => {
    const waits = [0, 1, 2, 3, 4].reduce<{ course: Course; found: number[] }>(
      ({ course, found }) => {
        const moment = course.again ?? 0;
        const next = goes(goes(course, "tried", at(moment - NOW)), "failed", at(moment - NOW));
        return { course: next, found: [...found, (next.again ?? 0) - moment] };
      },
      { course: STREAMED, found: [] },
    ).found;

    expect(waits).toEqual([15_000, 60_000, 180_000, 300_000, 300_000]);
    const [early, late] = [0, 1].map((chance) => after(["tried", 0], ["full", 0, { chance }]).again ?? 0);
    expect([early, late]).toEqual([NOW + 11_250, NOW + 18_750]);
  });

  test("a try that fails leaves the stream where it is; one that comes up is live", () => {
    const tried = goes(STREAMED, "tried", at(20_000));

    expect(goes(tried, "failed", at(28_000)).way).toBe("stream");
    expect(goes(tried, "up", at(21_000))).toEqual({ ...LIVE, up: true });
  });

  test("who presses Try live again does not wait", () => {
    expect(tries(goes(STREAMED, "wished", at(7000)), at(7000))).toBe(true);
  });

  test.each(["near", "front"] as const)("who is %s tries at once, and keeps trying", (nearness) => {
    const course = goes(STREAMED, "time", at(7000, { nearness }));
    const again = goes(goes(course, "tried", at(7000, { nearness })), "failed", at(9000, { nearness }));

    expect(tries(course, at(7000, { nearness }))).toBe(true);
    expect((again.again ?? Infinity) - NOW - 9000).toBeLessThan(1000);
    expect(due(course, at(7000, { nearness, hidden: true }))).toBe(NOW + 7000);
  });

  test("near the front of the line one hears the stream until live sound is up; in front never", () => {
    expect(goes(STREAMED, "time", at(7000, { nearness: "near" })).way).toBe("stream");
    expect(goes(STREAMED, "time", at(7000, { nearness: "front" })).way).toBe("live");
    const waited = goes(UP, "dropped", at(60_000, { nearness: "front", hidden: true }));
    expect(goes(waited, "time", at(90_000, { nearness: "front" })).way).toBe("live");
    expect(goes(LIVE, "full", at(0, { nearness: "front" })).way).toBe("live");
  });
});

describe("without a stream", () => {
  test("live sound is tried on as before, and the stream again after half a minute", () => {
    const course = goes(STREAMED, "mute", at(7000));

    expect([course.way, course.until, course.again]).toEqual(["live", NOW + 7000 + MUTE, NOW + 7300]);
    expect(goes(course, "time", at(7000 + MUTE)).way).toBe("stream");
  });

  test("a room that begins is heard within six seconds, by whichever way", () => {
    const waiting = goes(goes(STREAMED, "mute", at(7000)), "began", at(8000));
    const coming = goes(after(["tried", 0], ["answered", 100]), "began", at(200));

    expect(goes(waiting, "time", at(8000 + PATIENCE)).way).toBe("stream");
    expect([coming.way, coming.until]).toEqual(["live", NOW + 100 + PATIENCE]);
    expect(goes(UP, "began", at(8000))).toEqual(UP);
  });
});
