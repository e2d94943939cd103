// Search over HTTP.

import { call, type RoomCard } from "$/accounts/api";

/** A piece of a text, and whether it was asked for. */
export type Part = [string, boolean];
export const KINDS = ["rooms", "people", "questions"] as const;
export type Kind = (typeof KINDS)[number];

export interface RoomFound {
  card: RoomCard;
  title: Part[];
  about: Part[];
}

export interface PersonFound {
  handle: string;
  name: Part[];
  bio: Part[];
  portrait: string | null;
  checked: boolean;
  /** Domains they have shown to be theirs. */
  proved: string[];
}

export interface QuestionFound {
  id: string;
  text: Part[];
  name: string | null;
  state: "open" | "next" | "on_air" | "answered" | "carried_over";
  asked_at: number;
  room: string;
  title: string;
  language: string;
  /** The name of its answer's page. */
  answer: string | null;
}

/** So many of one kind; `next` goes on with the page after. */
export interface Listed<T> {
  found: T[];
  next: string | null;
}

export interface Found {
  rooms: Listed<RoomFound> | null;
  people: Listed<PersonFound> | null;
  questions: Listed<QuestionFound> | null;
}

/** What is looked for; without a kind the first of each. */
export interface Asked {
  q: string;
  kind: Kind | null;
  language: string;
  tag: string;
}

export const search = {
  find: (asked: Asked, after?: string): Promise<Found> => call("GET", `/search?${spelled(asked, after)}`),
};

/** As it stands in an address: only what was said. */
export function spelled(asked: Asked, after = ""): string {
  const said = Object.entries({ ...asked, after }).filter(([, value]) => value);
  return new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString();
}

/** What an address asks for. */
export function askedIn(address: string): Asked {
  const said = new URLSearchParams(address);
  const kind = KINDS.find((one) => one === said.get("kind")) ?? null;
  return { q: said.get("q") ?? "", kind, language: said.get("language") ?? "", tag: said.get("tag") ?? "" };
}
