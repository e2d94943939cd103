// The copy of a room over the JSON API, one function a call. Positions are milliseconds from where the copy begins.

import { call, send } from "$/accounts/api";

export type CopyState = "processing" | "ready" | "failed";
export type Visibility = "private" | "unlisted" | "published";
export type Right = "edit" | "publish" | "unpublish" | "clip" | "delete" | "tracks";
export type FileKind =
  "mp3" | "m4a" | "mp4" | "kit" | "vtt" | "srt" | "json" | "chapters" | "notes" | "questions" | "table";

/** `n`: the number of an answered question; opening and topics have none. */
export interface Chapter {
  id: string;
  n: number | null;
  title: string;
  asker: string | null;
  votes: number | null;
  begins: number;
  ends: number;
  kind: "answer" | "topic" | "opening" | "later";
  answer: string | null;
  hidden: boolean;
}

export interface Speaker {
  number: number;
  name: string;
  portrait: string | null;
  spans: [number, number][];
  talked: number;
  track: string | null;
}

export interface Said {
  begins: number;
  ends: number;
  who: string | null;
  text: string;
}

export interface CopyFile {
  kind: FileKind;
  bytes: number;
  url: string;
}

export interface Clip {
  clip: string;
  title: string;
  begins: number;
  ends: number;
  state: CopyState;
  sound: string | null;
  video: string | null;
  url: string;
}

export interface OpenQuestion {
  question: string;
  text: string;
  votes: number;
}

export interface Withdrawal {
  withdrawal: string;
  name: string;
  asked_at: number;
  due_at: number;
}

export interface Copy {
  copy: string;
  room: string;
  title: string;
  host: string;
  host_person: string | null;
  language: string;
  held_at: number;
  length: number;
  heard_live: number;
  state: CopyState;
  share: number;
  part: string | null;
  /** Why it could not be made, for those who may change it. */
  failed: { code: string; text: string } | null;
  visibility: Visibility;
  may: Right[];
  /** One is heard in it, or has asked something in its room. */
  own: boolean;
  chapters: Chapter[];
  speakers: Speaker[];
  transcript: Said[];
  files: CopyFile[];
  sound: string | null;
  cover: string | null;
  /** How loud each second is, 0 to 255. */
  wave: number[];
  clips: Clip[];
  open: OpenQuestion[];
  /** Who said no or took their part back: names for hosts alone. */
  left_out: { people: string[]; length: number } | null;
  feed: string | null;
  /** How much is trimmed at either end. */
  edits?: { trim_begins: number; trim_ends: number; hidden: string[] };
  /** Who asks to be left out of a copy that is published; unanswered by `due_at` they are. */
  withdrawals?: Withdrawal[];
}

export type Edit =
  | { edit: "trim"; begins: number; ends: number }
  | { edit: "hide" | "show" | "join"; chapter: string }
  | { edit: "rename"; chapter: string; title: string }
  | { edit: "move"; chapter: string; begins: number }
  | { edit: "split" | "add"; begins: number; title: string }
  | { edit: "cover"; picture: string };

/** Figures of a room; `talk` is each speaker's share, in the order of `speakers`. */
export interface Figures {
  peak: number;
  heard: number;
  median_stay: number;
  questions: number;
  votes: number;
  speakers: number;
  talk: { name: string; share: number }[];
  plays: number;
  downloads: number;
}

/** A link without its sign: the same file, however often its link is made anew. */
export const fileOf = (url: string): string => url.split("?")[0] ?? url;

/** The link of a sound, as a file to keep: under a name of its own. */
export const kept = (url: string): string => `${url}${url.includes("?") ? "&" : "?"}download=1`;

const at = encodeURIComponent;
const of = (copy: string) => `/copies/${at(copy)}`;

export const copies = {
  view: (copy: string) => call<Copy>("GET", of(copy)),
  ofRoom: (room: string) => call<Copy>("GET", `/rooms/${at(room)}/copy`),
  /** `reason`: asked of those who run the place, and of nobody else. */
  show: (copy: string, visibility: Visibility, reason?: string) =>
    call<Copy>("POST", `${of(copy)}/visibility`, { visibility, ...(reason === undefined ? {} : { reason }) }),
  edit: (copy: string, edit: Edit) => call<Copy>("POST", `${of(copy)}/edits`, edit),
  remove: (copy: string) => call<void>("DELETE", of(copy)),
  withdraw: (copy: string) => call<void>("POST", `${of(copy)}/withdraw`),
  settle: (copy: string, withdrawal: string, grant: boolean) =>
    call<void>("POST", `${of(copy)}/withdrawals/${at(withdrawal)}`, { grant }),
  cut: (copy: string, clip: { begins: number; ends: number; title: string }) =>
    call<Clip>("POST", `${of(copy)}/clips`, clip),
  removeClip: (copy: string, clip: string) => call<void>("DELETE", `${of(copy)}/clips/${at(clip)}`),
  figures: (copy: string) => call<Figures>("GET", `${of(copy)}/figures`),
  table: (copy: string) => `/api/v1${of(copy)}/figures.csv`,
  part: (room: string) => `/api/v1/rooms/${at(room)}/part.zip`,
  ledger: (room: string) => `/api/v1/rooms/${at(room)}/ledger.csv`,
  answer: (copy: string, question: string, text: string) =>
    call<void>("POST", `${of(copy)}/answers/${at(question)}`, { text }),
  say: (copy: string, question: string, sound: Blob) =>
    send<void>(`${of(copy)}/answers/${at(question)}`, sound),
};
