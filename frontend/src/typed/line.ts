import type { Wanted } from "$/live/line";
import type { RoomState } from "$/live/reduce";
import type { Typed } from "./table";

/** One way to go on from what is typed: the text it would become, and what it says. */
export interface Way {
  text: string;
  says: string;
}

/** What a line means: a deed, or why it means none. */
export type Meaning = { does: Wanted } | { lacks: "word" | "person" | "place" | "text" | "choice" };

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

function alike(all: Named[], typed: string): Named[] {
  const begins = (name: string) =>
    plain(name).startsWith(typed) ||
    plain(name)
      .split(/\s+/)
      .some((word) => word.startsWith(typed));
  return all.filter((one) => begins(one.name));
}

function split(line: string): [word: string, rest: string] {
  const [word = "", ...rest] = line.trimStart().replace(/^\//, "").trimStart().split(/\s+/);
  return [word.toLocaleLowerCase(), rest.join(" ").trim()];
}

/** What a typed line does in this room. */
export function meaning(line: string, commands: Typed[], here: RoomState): Meaning {
  const [word, rest] = split(line);
  const command = commands.find((one) => one.word === word);
  if (command === undefined) return { lacks: "word" };
  const given =
    command.takes === undefined || (command.bare && rest === "") ? "" : follows(command, rest, here);
  return given === null ? { lacks: command.takes ?? "word" } : { does: command.does(given) };
}

function follows(command: Typed, rest: string, here: RoomState): string | null {
  switch (command.takes) {
    case "person":
      return meant(people(here), rest)?.id ?? null;
    case "place": {
      const entry = here.desk?.entries[Number(rest) - 1];
      return entry?.kind === "question" ? entry.id : null;
    }
    case "choice":
      return command.among?.includes(rest) ? rest : null;
    default:
      return rest || null;
  }
}

/** The ways to go on: words that begin so, then people, places or choices that fit. */
export function ways(line: string, commands: Typed[], here: RoomState): Way[] {
  const [word, rest] = split(line);
  const command = commands.find((one) => one.word === word);
  if (command === undefined || !/\s/.test(line.trimStart())) {
    return commands
      .filter((one) => one.word.startsWith(word))
      .map((one) => ({ text: `/${one.word}${one.takes ? " " : ""}`, says: one.says }));
  }
  return endings(command, rest, here).map((ending) => ({
    text: `/${command.word} ${ending}`,
    says: command.says,
  }));
}

function endings(command: Typed, rest: string, here: RoomState): string[] {
  switch (command.takes) {
    case "person":
      return alike(people(here), plain(rest)).map((one) => one.name);
    case "place":
      return (here.desk?.entries ?? []).flatMap((entry, n) =>
        entry.kind === "question" && String(n + 1).startsWith(rest) ? [String(n + 1)] : [],
      );
    case "choice":
      return (command.among ?? []).filter((one) => one.startsWith(rest));
    default:
      return [];
  }
}
