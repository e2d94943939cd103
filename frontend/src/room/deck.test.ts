import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Deck } from "./deck";

const stands = { stage: false, deck: false, microphone: true };
const did: string[] = [];

const makes = () =>
  new Deck({
    hold: async () => stands.microphone,
    say: async (ready) => did.push(ready ? "says ready" : "says not ready") > 0,
    onStage: () => stands.stage,
    onDeck: () => stands.deck,
    opensIn: () => 3000,
    prepare: async () => void did.push("prepares"),
    goOn: async () => void did.push("speaks"),
    stop: () => void did.push("stops"),
  });

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(stands, { stage: false, deck: true, microphone: true });
  did.length = 0;
});

afterEach(() => vi.useRealTimers());

describe("ready ahead of time", () => {
  it("speaks when the count-down is over, and not before", async () => {
    const deck = makes();
    await deck.ready();
    Object.assign(stands, { stage: true, deck: false });
    deck.called();

    await vi.advanceTimersByTimeAsync(2990);
    const before = [...did];
    await vi.advanceTimersByTimeAsync(20);

    expect([before, did.slice(before.length)]).toEqual([["says ready", "prepares"], ["speaks"]]);
    expect(deck.ahead).toBe(false);
  });

  it("gives the microphone back where no seat follows", async () => {
    const deck = makes();
    await deck.ready();
    stands.deck = false;
    deck.called();

    await vi.advanceTimersByTimeAsync(2500);

    expect([did, deck.ahead]).toEqual([["says ready", "stops"], false]);
  });

  it("keeps it where one is on deck again at once", async () => {
    const deck = makes();
    await deck.ready();
    deck.called();

    await vi.advanceTimersByTimeAsync(2500);

    expect([did, deck.ahead]).toEqual([["says ready"], true]);
  });

  it("says nothing where there is no microphone", async () => {
    stands.microphone = false;
    const deck = makes();
    await deck.ready();

    expect([did, deck.ahead]).toEqual([[], false]);
  });

  it("is taken back", async () => {
    const deck = makes();
    await deck.ready();
    await deck.notReady();

    expect([did, deck.ahead]).toEqual([["says ready", "stops", "says not ready"], false]);
  });
});
