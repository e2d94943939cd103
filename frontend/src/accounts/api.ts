// The JSON API, one function a call. A fault carries the server's code and sentence.

import { first } from "./first";
import { spoken, t } from "$/i18n/words.svelte";
import type { Paper } from "./papers";
import type { Report, RoomSettings, RoomView } from "$/live/protocol";

export interface Person {
  id: string;
  name: string;
  portrait: string | null;
  guest: boolean;
  admin: boolean;
  may_open_rooms: boolean;
  /** In which they are spoken to, where it is known. */
  language: string | null;
}

/** Something that those who run this place have checked of somebody. */
export interface Check {
  id: string;
  note: string;
  checked_at: number;
}

/** Somebody with an account, as those who run this place see them. */
export interface Account extends Person {
  checks: Check[];
}

export interface Me {
  person: Person | null;
  instance: {
    name: string;
    language: string;
    openers: "verified" | "members" | "everybody";
    lowest_age: number;
    papers: Paper[];
  };
  /** By what one can come in here; what cannot work is not shown. */
  ways_in: { passkey: boolean; mail: boolean; password: boolean };
  microphone_here: boolean;
  https_address: string | null;
  /** Where it says how a device accepts this place, where it vouches for itself. */
  trust_page: string | null;
  demo: string | null;
}

export interface Face {
  name: string;
  portrait: string | null;
}

export interface RoomCard {
  room: string;
  title: string;
  description: string;
  host: string;
  host_portrait: string | null;
  phase: "draft" | "scheduled" | "backstage" | "live" | "ended" | "cancelled" | "missed";
  language: string;
  visibility: RoomView["visibility"];
  starts_at: number | null;
  /** By whose clocks it is planned, and what they show when it begins (2027-03-28T20:30), where that is known. */
  zone: string | null;
  local_start: string | null;
  tags: string[];
  started_at: number | null;
  ended_at: number | null;
  late_since: number | null;
  listeners: number;
  open_questions: number;
  faces: Face[];
  speaking: string | null;
  on_air: string | null;
  cover: string | null;
  door: "open" | "locked" | "full" | "ended";
  visible_list: boolean;
  /** The question box stays open after the end. */
  box_after_end: boolean;
  /** What is said is typed along: somebody is there for it, or it was typed until now. */
  captions: boolean;
  /** Whether who has no account is heard in writing, and on stage. */
  guests_ask: "read_first" | "open" | "no";
  /** Everyone who listens, or of them the members of its group alone. */
  who_asks: RoomSettings["who_asks"];
  guests_speak: boolean;
  /** Whether anybody may be recorded, and whether it begins with the room; and whether it is asked about now. */
  recording: RoomSettings["recording"];
  record_from_start: boolean;
  recorded_now: boolean;
  /** The group it is held in. */
  group: { handle: string; name: string; private: boolean } | null;
}

/** A part of a description: a paragraph, or a line of a list, of letters that are set alike. */
export interface Block {
  form: "paragraph" | "bullet" | "number";
  spans: { text: string; strong: boolean; stressed: boolean; link: string | null }[];
}

/** A room as its door shows it, with its description as it is read. */
export interface RoomAtDoor extends RoomCard {
  about: Block[];
}

export interface NewRoom {
  title: string;
  description: string;
  /** What the clocks of `zone` show when it begins; of two such times, which. */
  local_start: string | null;
  zone: string;
  which?: "first" | "second";
  tags: string[];
  /** What is not said is as in the room before it. */
  guests_ask?: RoomSettings["guests_ask"];
  who_asks: RoomSettings["who_asks"];
  safety_delay: RoomSettings["safety_delay"];
  /** The room before it, whose settings and cover it takes over. */
  like?: string | null;
  visibility: RoomView["visibility"];
  language: string;
  draft: boolean;
  cohosts_without: RoomSettings["cohosts_without"];
  agenda: string[];
  length: number;
  recording?: RoomSettings["recording"];
  record_from_start?: boolean;
  /** The handle of the group it is held in. */
  group?: string | null;
}

/** What was planned of a room; `next_start`: the same weekday and hour by its clocks, after now. */
export interface Plan {
  title: string;
  description: string;
  language: string;
  visibility: RoomView["visibility"];
  tags: string[];
  agenda: string[];
  length: number;
  recording: RoomSettings["recording"];
  record_from_start: boolean;
  guests_ask: RoomSettings["guests_ask"];
  who_asks: RoomSettings["who_asks"];
  safety_delay: RoomSettings["safety_delay"];
  cohosts_without: RoomSettings["cohosts_without"];
  group: string | null;
  cover: string | null;
  zone: string | null;
  next_start: string | null;
}

/** A speaker link as hosts see it; `by` is the name its person goes by. */
export interface SpeakerLink {
  id: string;
  name: string;
  used: boolean;
  person: string | null;
  by: string | null;
}

/** What is reported of a room, and why. */
export interface NewReport {
  about: Report["about"];
  subject: string | null;
  grounds: Report["grounds"];
  note: string;
}

/** A report as those who run this place read it. `done_at`: the room's desk has dealt with it; `settled_at`: they have. */
export interface MadeReport extends Report {
  room: string;
  title: string;
  apart: boolean;
  live: boolean;
  done_at: number | null;
  settled_at: number | null;
  outcome: "acted" | "nothing" | null;
  answer: string | null;
}

export interface Link {
  kind: "setup" | "person" | "email" | "confirm";
  name: string | null;
}

export class Fault extends Error {
  /** `said`: the whole answer, where there was one. */
  constructor(
    readonly code: string,
    text: string,
    readonly said: Record<string, unknown> = {},
  ) {
    super(text);
  }
}

export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init: RequestInit = { method };
  if (method === "GET") {
    const there = first.take<T>(path);
    if (there !== undefined) return there;
  } else {
    first.forget();
    init.body = JSON.stringify(body ?? {});
  }
  return answered<T>(path, init, "application/json");
}

/** Something that is no JSON is posted as it is, under its own kind: a recording. */
export function send<T>(path: string, body: Blob): Promise<T> {
  return answered<T>(path, { method: "POST", body }, body.type);
}

/** What the page speaks goes with everything it asks: in it one is written to, and it becomes a new account's. */
async function answered<T>(path: string, init: RequestInit, kind: string): Promise<T> {
  const headers = { "accept-language": spoken(), ...(init.body ? { "content-type": kind } : {}) };
  const answer = await fetch(`/api/v1${path}`, { ...init, headers }).catch(() => {
    throw new Fault("network", "The server cannot be reached. Try again in a moment.");
  });
  if (answer.status === 204) return undefined as T;
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw refusal(said);
  return said as T;
}

/** What was refused; where something is filled in, it is said in the reader's language here already. */
function refusal(said: {
  code?: string;
  text?: string;
  sentence?: string;
  given?: Record<string, string>;
}): Fault {
  const text = said.sentence && said.given ? t(said.sentence, said.given) : said.text;
  return new Fault(said.code ?? "fault", text ?? "Something went wrong here. Try again.", said);
}

const at = encodeURIComponent;

export const api = {
  me: () => call<Me>("GET", "/me"),
  speak: (language: string) => call<void>("PUT", "/me/language", { language }),
  guest: (name: string) => call<Me>("POST", "/guests", { name }),
  link: (token: string) => call<Link>("GET", `/sign-in/${at(token)}`),
  signIn: (token: string, name?: string) =>
    call<Me>("POST", `/sign-in/${at(token)}`, name === undefined ? { token } : { token, name }),
  signOut: () => call<void>("DELETE", "/session"),
  room: (name: string) => call<RoomAtDoor>("GET", `/rooms/${at(name)}`),
  plan: (room: string) => call<Plan>("GET", `/rooms/${at(room)}/plan`),
  setTags: (room: string, tags: string[]) => call<void>("PUT", `/rooms/${at(room)}/tags`, { tags }),
  setGroup: (room: string, group: string | null) => call<void>("PUT", `/rooms/${at(room)}/group`, { group }),
  setCover: (room: string, picture: string | null) =>
    call<{ cover: string | null }>("PUT", `/rooms/${at(room)}/cover`, { picture }),
  openRoom: (room: NewRoom) => call<RoomCard>("POST", "/rooms", room),
  speakerLinks: (room: string) => call<SpeakerLink[]>("GET", `/rooms/${at(room)}/speaker-links`),
  newSpeakerLink: (room: string, name: string) =>
    call<SpeakerLink & { url: string }>("POST", `/rooms/${at(room)}/speaker-links`, { name }),
  takeSpeakerLinkBack: (room: string, id: string) =>
    call<void>("DELETE", `/rooms/${at(room)}/speaker-links/${at(id)}`),
  lookAtSpeakerLink: (token: string) =>
    call<{ room: string; name: string; card: RoomCard }>("GET", `/speaker-links/${at(token)}`),
  useSpeakerLink: (token: string) =>
    call<{ room: string; name: string }>("POST", `/speaker-links/${at(token)}`),
  report: (room: string, report: NewReport) => call<void>("POST", `/rooms/${at(room)}/reports`, report),
  check: (id: string, note: string) => call<Check>("POST", `/people/${at(id)}/checks`, { note }),
  takeCheckBack: (id: string, check: string) => call<void>("DELETE", `/people/${at(id)}/checks/${at(check)}`),
  block: (id: string) => call<void>("PUT", `/me/blocks/${at(id)}`),
  addPerson: (name: string) => call<Person & { link: string }>("POST", "/people", { name }),
  personLink: (id: string) => call<{ url: string }>("POST", `/people/${at(id)}/link`),
  let: (id: string, may: boolean) => call<void>("PUT", `/people/${at(id)}/may-open-rooms`, { may }),
};
