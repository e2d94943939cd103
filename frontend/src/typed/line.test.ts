import { describe, expect, test } from "vitest";
import type { Entry, Question, Seat } from "$/live/protocol";
import type { RoomState } from "$/live/reduce";
import { meaning, ways } from "./line";
import { table } from "./table";

const seat = (person: string, name: string) => ({ person, name }) as Seat;
const entry = (kind: Entry["kind"], id: string) => ({ kind, id }) as Entry;
const here = {
  room: {
    seats: [seat("p1", "Ada Byron"), seat("p2", "Karim Tafrout"), seat("p3", "Karin Boye")],
    questions: [],
  },
  ahead: 0,
  desk: {
    hands: [],
    entries: [entry("question", "q1"), entry("hand", "p9"), entry("question", "q2")],
    agenda: [
      { text: "How a river remembers", spoken_of: true },
      { text: "What rivers owe us", spoken_of: false },
      { text: "Dust", spoken_of: false },
    ],
  },
} as unknown as RoomState;
const commands = Object.values(table());

describe("a typed line", () => {
  test.each([
    ["/invite ada", { do: "stage.invite", person: "p1" }],
    ["/mute tafrout", { do: "stage.mute", person: "p2" }],
    ["  /PICK 3", { do: "floor.pick", question: "q2" }],
    ["/rule in_turn", { do: "room.set", policy: "in_turn" }],
    ["/hand", { do: "hand.raise", note: null }],
    ["/hand about swifts", { do: "hand.raise", note: "about swifts" }],
    ["/ask Who speaks  for the river?", { do: "question.ask", text: "Who speaks for the river?" }],
    ["/end", { do: "room.end" }],
    ["/mute all", { do: "stage.mute_all" }],
    ["/hush on", { do: "stage.hush", on: true }],
    ["/extend 15", { do: "room.extend", minutes: 15 }],
    ["/dismiss 3 off_topic", { do: "question.dismiss", question: "q2", reason: "off_topic" }],
    ["/reword 1 Who speaks for it?", { do: "question.edit", question: "q1", text: "Who speaks for it?" }],
    ["/topic What a river remembers", { do: "floor.topic", text: "What a river remembers" }],
    ["/topic", { do: "floor.topic", text: null }],
    ["/join 3 1", { do: "question.merge", question: "q2", into: "q1" }],
  ])("%s", (line, does) => {
    expect(meaning(line, commands, here)).toEqual({ does });
  });

  test.each([
    ["/dance", "word"],
    ["", "word"],
    ["/mute kari", "person"],
    ["/mute nobody", "person"],
    ["/mute", "person"],
    ["/pick 2", "place"],
    ["/pick 9", "place"],
    ["/ask", "text"],
    ["/rule by lot", "choice"],
    ["/dismiss 3", "choice"],
    ["/reword 3", "text"],
    ["/join 3 2", "place"],
    ["/extend soon", "minutes"],
    ["/undo", "answered"],
  ])("%s lacks a %s", (line, lacks) => {
    expect(meaning(line, commands, here)).toEqual({ lacks });
  });
});

test("/no-name takes one's name off, by the number among those that still have it, the newest first", () => {
  const mine = (id: string, asked_at: number, anonymous: boolean) =>
    ({ id, asked_at, anonymous, person: "me", name: "Me", state: "open" }) as Question;
  const questions = [mine("old", 1, false), mine("hidden", 2, true), mine("new", 3, false)];
  const me = { ...here.me, person: "me", questions: [] };
  const asker: RoomState = { ...here, me, room: { ...here.room, questions } };

  expect(meaning("/no-name 2", commands, asker)).toEqual({
    does: { do: "question.hide_name", question: "old" },
  });
  expect(meaning("/no-name 3", commands, asker)).toEqual({ lacks: "own" });
  expect(ways("/no-name ", commands, asker).map((way) => way.text)).toEqual(["/no-name 1", "/no-name 2"]);
});

test("/undo takes back what was answered last, within ten seconds", () => {
  const answered = (id: string, ago: number) => ({ id, state: "answered", answered_at: Date.now() - ago });
  const questions = [answered("before", 9000), answered("last", 5000)] as Question[];
  const said = (of: Question[]) =>
    meaning("/undo", commands, { ...here, room: { ...here.room, questions: of } });

  expect(said(questions)).toEqual({ does: { do: "question.reopen", question: "last" } });
  expect(said([answered("long ago", 10_001)] as Question[])).toEqual({ lacks: "answered" });
  const byTheServer = { ...here, ahead: 6000, room: { ...here.room, questions } };
  expect(meaning("/undo", commands, byTheServer)).toEqual({ lacks: "answered" });
});

describe("ways to go on", () => {
  const texts = (line: string) => ways(line, commands, here).map((way) => way.text);

  test("words that begin so", () => expect(texts("/un")).toEqual(["/unpin", "/unmute ", "/undo"]));
  test("everything at first", () => expect(texts("/")).toHaveLength(commands.length));
  test("people who could be meant", () =>
    expect(texts("/mute kar")).toEqual(["/mute Karim Tafrout", "/mute Karin Boye"]));
  test("places with a question", () => expect(texts("/pick ")).toEqual(["/pick 1", "/pick 3"]));
  test("what comes second", () => expect(texts("/dismiss 3 o")).toEqual(["/dismiss 3 off_topic"]));
  test("lines of the plan that were not on air yet", () => {
    expect(texts("/topic ")).toEqual(["/topic What rivers owe us", "/topic Dust"]);
    expect(texts("/topic RIV")).toEqual(["/topic What rivers owe us"]);
  });
  test("choices", () => expect(texts("/rule v")).toEqual(["/rule votes"]));
  test("no word twice", () => expect(new Set(commands.map((one) => one.word)).size).toBe(commands.length));
});
