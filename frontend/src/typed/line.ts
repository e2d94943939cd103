import type { Wanted } from "$/live/line";
import type { Question } from "$/live/protocol";
import type { RoomState } from "$/live/reduce";
import { justAnswered } from "$/questions/desk";
import { own } from "$/questions/ranked";
import type { Takes, Typed } from "./table";

/** One way to go on from what is typed: the text it would become, and what it says. */
export interface Way {
  text: string;
  says: string;
}

/** What a line means: a deed, or why it means none. */
export type Meaning = { does: Wanted } | { lacks: "word" | Takes };

interface Named {
  id: string;
  name: string;
}

/** Everybody this page knows by name: on stage, with a hand, with a question. */
export function people(here: RoomState): Named[] {
  const found = new Map<string, string>();
  for (const seat of here.room.seats) found.set(seat.person, seat.name);
  for (const hand of here.desk?.hands ?? []) found.set(hand.person, hand.name);
  for (const question of here.room.questions) {
    if (question.person !== null && question.name !== null) found.set(question.person, question.name);
  }
  return [...found].map(([id, name]) => ({ id, name }));
}

const plain = (text: string) => text.trim().toLocaleLowerCase();

/** The one whose name begins with these letters, or has a word that does; nobody where more than one could be meant. */
export function meant(all: Named[], typed: string): Named | null {
  const wanted = plain(typed);
  if (wanted === "") return null;
  const exact = all.filter((one) => plain(one.name) === wanted);
  const [first, ...others] = exact.length > 0 ? exact : alike(all, wanted);
  return first && others.length === 0 ? first : null;
}

/** Whether a name or a line begins so, or one of its words does. */
const begins = (text: string, typed: string): boolean =>
  plain(text).startsWith(typed) ||
  plain(text)
    .split(/\s+/)
    .some((word) => word.startsWith(typed));

const alike = (all: Named[], typed: string): Named[] => all.filter((one) => begins(one.name, typed));

/** The command that a line begins with, the longest word first (`mute all` before `mute`), and what follows it. */
function begun(line: string, commands: Typed[]): [command: Typed | undefined, rest: string] {
  const typed = line.trimStart().replace(/^\//, "").trimStart();
  const begins = (word: string) => new RegExp(`^${word}(\\s|$)`, "i").test(typed);
  const [command] = commands.filter((one) => begins(one.word)).sort((a, b) => b.word.length - a.word.length);
  return [
    command,
    command ? typed.slice(command.word.length).trim().replace(/\s+/g, " ") : typed.toLocaleLowerCase(),
  ];
}

/** What a typed line does in this room. */
export function meaning(line: string, commands: Typed[], here: RoomState): Meaning {
  const [command, rest] = begun(line, commands);
  if (command === undefined) return { lacks: "word" };
  if (command.takes === undefined || (command.bare && rest === "")) return { does: command.does("", "") };
  const [first = "", ...others] = command.then ? rest.split(" ") : [rest];
  const given = follows(command.takes, first, command, here);
  if (given === null) return { lacks: command.takes };
  const more = command.then ? follows(command.then, others.join(" "), command, here) : "";
  return more === null ? { lacks: command.then ?? "text" } : { does: command.does(given, more) };
}

/** One's own questions that still have one's name, the newest first. */
const named = (here: RoomState): Question[] => own(here).filter((question) => !question.anonymous);

function follows(takes: Takes, typed: string, command: Typed, here: RoomState): string | null {
  switch (takes) {
    case "person":
      return meant(people(here), typed)?.id ?? null;
    case "place": {
      const entry = here.desk?.entries[Number(typed) - 1];
      return entry?.kind === "question" ? entry.id : null;
    }
    case "answered":
      return justAnswered(here, Date.now() + here.ahead)?.id ?? null;
    case "own":
      return named(here)[Number(typed) - 1]?.id ?? null;
    case "choice":
      return command.among?.includes(typed) ? typed : null;
    case "minutes":
      return Number(typed) >= 1 ? String(Math.round(Number(typed))) : null;
    default:
      return typed || null;
  }
}

/** The ways to go on: words that begin so, then people, places or choices that fit. */
export function ways(line: string, commands: Typed[], here: RoomState): Way[] {
  const [command, rest] = begun(line, commands);
  if (command === undefined || line.trimStart().replace(/^\//, "").length <= command.word.length) {
    const typed = command ? command.word : rest;
    return commands
      .filter((one) => one.word.startsWith(typed))
      .map((one) => ({
        text: `/${one.word}${one.takes && one.takes !== "answered" ? " " : ""}`,
        says: one.says,
      }));
  }
  const [first = "", ...others] = command.then ? rest.split(" ") : [rest];
  const more = command.then !== undefined && (others.length > 0 || line.endsWith(" ")) && first !== "";
  const before = more ? `/${command.word} ${first}` : `/${command.word}`;
  const takes = more ? command.then : command.takes;
  return endings(takes, more ? others.join(" ") : rest, command, here).map((ending) => ({
    text: `${before} ${ending}`,
    says: command.says,
  }));
}

function endings(takes: Takes | undefined, typed: string, command: Typed, here: RoomState): string[] {
  switch (takes) {
    case "person":
      return alike(people(here), plain(typed)).map((one) => one.name);
    case "place":
      return (here.desk?.entries ?? []).flatMap((entry, n) =>
        entry.kind === "question" && String(n + 1).startsWith(typed) ? [String(n + 1)] : [],
      );
    case "topic":
      return (here.desk?.agenda ?? [])
        .filter((line) => !line.spoken_of && begins(line.text, plain(typed)))
        .map((line) => line.text);
    case "own":
      return named(here).flatMap((_, n) => (String(n + 1).startsWith(typed) ? [String(n + 1)] : []));
    case "choice":
      return (command.among ?? []).filter((one) => one.startsWith(typed));
    default:
      return [];
  }
}
