import { afterEach, describe, expect, it, vi } from "vitest";
import type { RoomCard } from "$/accounts/api";
import { looking, wished } from "./api";
import { Front } from "./front.svelte";

const card = (room: string) => ({ room }) as RoomCard;
const empty = { live: [], soon: [], followed: [], own: [], ended: [], fallen: [], groups: [], reminded: [] };

/** What the server answers, by address. */
function answering(answers: Record<string, unknown>): void {
  vi.stubGlobal("fetch", (path: string) =>
    Promise.resolve(
      new Response(JSON.stringify(answers[path] ?? {}), { status: path in answers ? 200 : 404 }),
    ),
  );
}

afterEach(() => vi.unstubAllGlobals());

describe("the home page", () => {
  it("shows more of a list, and each room once though the ranking moved meanwhile", async () => {
    answering({
      "/api/v1/home": { ...empty, live: [card("a"), card("b")], next: { live: "2" } },
      "/api/v1/home/live?after=2": { rooms: [card("b"), card("c")], next: null },
    });
    const front = new Front({});
    await front.load();
    const before = [front.rooms("live").map((one) => one.room), front.next("live")];

    await front.more("live");
    await front.load();

    expect(before).toEqual([["a", "b"], "2"]);
    expect([front.rooms("live").map((one) => one.room), front.next("live")]).toEqual([["a", "b", "c"], null]);
  });

  it("asks for what is looked for, on every page of a list", async () => {
    const wish = wished("?language=fr&tag=swifts&lang=ar");
    answering({
      "/api/v1/home?language=fr&tag=swifts": { ...empty, next: { soon: "7.A" } },
      "/api/v1/home/soon?language=fr&tag=swifts&after=7.A": { rooms: [card("z")], next: null },
    });
    const front = new Front(wish);
    await front.load();

    await front.more("soon");

    expect(front.rooms("soon")).toEqual([card("z")]);
    expect(looking("/", {})).toBe("/");
  });

  it("keeps what it shows when the line breaks", async () => {
    answering({ "/api/v1/home": { ...empty, soon: [card("a")], next: {} } });
    const front = new Front({});
    await front.load();

    answering({});
    await front.load();

    expect([front.rooms("soon"), front.fault !== null]).toEqual([[card("a")], true]);
  });
});
