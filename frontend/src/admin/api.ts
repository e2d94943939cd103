// What those who run the place ask of the JSON API.
import { call, type Account, type MadeReport } from "$/accounts/api";
import type { DecisionKind } from "$/accounts/decisions";
import type { RoomView } from "$/live/protocol";
import type { Done } from "$/log/done";

export interface Health {
  well: boolean;
  database: { kind: "sqlite" | "postgresql"; well: boolean; waiting: number };
  sound: { well: boolean; connections: number; faults: number };
  disk: { well: boolean; free: number; total: number };
  copies: { making: number; failed: number };
  listening: { rooms: number; people: number };
}

/** A copy or clip that is not made; `share`: how much of it is done. */
export interface Job {
  id: string;
  kind: "copy" | "clip";
  title: string;
  copy: string;
  room: string;
  state: "processing" | "failed";
  since: number | null;
  failed_code: string | null;
  failed_text: string | null;
  again: boolean;
  share: number | null;
}

/** Of a secret there is no value, and `there` says whether it has one. */
export interface Setting {
  name: string;
  value: string | number | boolean | null;
  secret: boolean;
  there: boolean;
  said_in: "default" | "file" | "environment" | "command";
}

/** One use of power; `name` and `of` are what these people are called now, where they are known. */
export interface AuditLine extends Done {
  id: string;
  at: number;
  actor: string;
  subject: string | null;
  reason: string | null;
}

/** A page of a list; `next` goes on where it ends. */
export interface Page<T> {
  found: T[];
  next: string | null;
}

/** Somebody with an account, and what keeps them out just now. */
export interface Overseen extends Account {
  minor: boolean;
  suspension: { id: string; reason: string; at: number; until: number | null } | null;
}

export interface OverseenRoom {
  id: string;
  name: string;
  title: string;
  visibility: RoomView["visibility"];
  host: string;
  host_name: string;
  group: string | null;
  phase: "draft" | "scheduled" | "backstage" | "live" | "ended" | "cancelled" | "missed";
  starts_at: number | null;
  started_at: number | null;
  ended_at: number | null;
  reports: number;
  listeners: number;
}

/** How one listener hears: `programme` with so many copies of earlier sound, or voices; shares of 1, milliseconds. */
export interface ListenerFigures {
  id: string;
  name: string | null;
  programme: number | null;
  by_tcp: boolean;
  lost: number;
  round_trip: number;
  jitter: number;
  delay: number;
  bytes: number;
  since: number;
}

export type ListenersBy = "lost" | "round_trip" | "jitter" | "newest";

/** How a room's listeners hear; `programme`: how many with no copy of earlier sound, with one, with two. */
export interface RoomListeners {
  title: string;
  all: number;
  pages: number;
  voices: number;
  programme: [number, number, number];
  by_tcp: number;
  by_stream: number;
  page: number;
  listeners: ListenerFigures[];
}

/** How one hears by a stream: `waits`, milliseconds of sound they have not fetched; of HLS no bytes are known. */
export interface StreamFigures {
  id: string;
  name: string | null;
  format: "mp3" | "aac" | "opus" | "hls";
  waits: number;
  bytes: number | null;
  since: number;
}

export interface RoomStreams {
  all: number;
  pages: number;
  page: number;
  listeners: StreamFigures[];
}

/** `decision`: what shut it, where it is shut. */
export interface OverseenGroup {
  id: string;
  handle: string;
  name: string;
  private: boolean;
  created_at: number;
  goes_at: number | null;
  suspended_at: number | null;
  owner: string | null;
  members: number;
  decision: string | null;
}

/** A ban from a room. `network`: it hits their whole network. */
export interface OverseenBan {
  id: string;
  person: string;
  name: string | null;
  reason: string;
  at: number;
  until: number | null;
  network: boolean;
  room: string;
  title: string;
  by: string | null;
}

/** What somebody says to a decision about them. */
export interface AskedAppeal {
  id: string;
  text: string;
  at: number;
  name: string | null;
  granted: boolean | null;
  answer: string | null;
  decision: { id: string; kind: DecisionKind; title: string; path: string; reason: string; at: number };
}

/** Somebody who asks to be checked, with what they say of how one can tell who they are. */
export interface AskedCheck {
  id: string;
  text: string;
  at: number;
  handle: string | null;
  person: Account;
}

/** A letter that waits for a mail server, or for somebody to hand it over. */
export interface WaitingLetter {
  id: string;
  to: string;
  subject: string;
  text: string;
  link: string;
  tries: number;
  /** When it is worth nothing any more; nothing where it is worth it until it is answered or the room is over. */
  until: number | null;
}

interface Looked {
  said: string;
  only: string;
  before: string;
}

const at = encodeURIComponent;
const query = (of: Record<string, string>) => new URLSearchParams(of).toString();

export const admin = {
  health: () => call<Health>("GET", "/admin/health"),
  jobs: (most: number) => call<Job[]>("GET", `/admin/jobs?${query({ most: String(most) })}`),
  tryAgain: (id: string) => call<void>("POST", `/admin/jobs/${encodeURIComponent(id)}/again`),
  settings: () => call<Setting[]>("GET", "/admin/settings"),
  audit: (of: { verb: string; by: string; before: string }) =>
    call<{ lines: AuditLine[]; next: string | null }>("GET", `/admin/audit?${query(of)}`),
  people: (of: Looked) => call<Page<Overseen>>("GET", `/admin/people?${query({ ...of })}`),
  suspend: (id: string, reason: string, days: number | null) =>
    call<void>("POST", `/admin/people/${at(id)}/suspension`, { reason, days }),
  minor: (id: string, minor: boolean) => call<void>("PUT", `/people/${at(id)}/minor`, { minor }),
  rooms: (of: { said: string; stage: string; before: string }) =>
    call<Page<OverseenRoom>>("GET", `/admin/rooms?${query(of)}`),
  listeners: (room: string, of: { by: ListenersBy; page: number }) =>
    call<RoomListeners>(
      "GET",
      `/admin/rooms/${at(room)}/listeners?${query({ by: of.by, page: String(of.page) })}`,
    ),
  streams: (room: string, page: number) =>
    call<RoomStreams>("GET", `/admin/rooms/${at(room)}/streams?${query({ page: String(page) })}`),
  endRoom: (room: string, reason: string) => call<void>("POST", `/admin/rooms/${at(room)}/end`, { reason }),
  hideRoom: (room: string, reason: string) => call<void>("POST", `/admin/rooms/${at(room)}/hide`, { reason }),
  groups: (of: Looked) => call<Page<OverseenGroup>>("GET", `/admin/groups?${query({ ...of })}`),
  suspendGroup: (id: string, reason: string) =>
    call<void>("POST", `/admin/groups/${at(id)}/suspension`, { reason }),
  deleteGroup: (id: string, reason: string, with_rooms: boolean) =>
    call<void>("POST", `/admin/groups/${at(id)}/deletion`, { reason, with_rooms }),
  bans: ({ said, before }: Looked) =>
    call<Page<OverseenBan>>("GET", `/admin/bans?${query({ said, before })}`),
  outbox: ({ before }: Pick<Looked, "before">) =>
    call<Page<WaitingLetter>>("GET", `/admin/outbox?${query({ after: before })}`),
  handed: ({ before }: Pick<Looked, "before">) =>
    call<Page<WaitingLetter>>("GET", `/admin/outbox?${query({ after: before, handed: "true" })}`),
  handOver: (letter: string) => call<void>("PUT", `/admin/outbox/${at(letter)}/handed`),
  keepLetter: (letter: string) => call<void>("DELETE", `/admin/outbox/${at(letter)}/handed`),
  checkRequests: (after: string) =>
    call<Page<AskedCheck>>("GET", `/admin/check-requests?${query({ after })}`),
  declineCheck: (id: string, reason: string) =>
    call<void>("POST", `/admin/check-requests/${at(id)}/decline`, { reason }),
  endBan: (id: string, reason: string) => call<void>("POST", `/admin/bans/${at(id)}/end`, { reason }),
  undo: (decision: string, reason: string) =>
    call<void>("POST", `/admin/decisions/${at(decision)}/undo`, { reason }),
  reports: (room: string, most: number) =>
    call<MadeReport[]>("GET", `/admin/reports?${query({ room, most: String(most) })}`),
  settle: (id: string, outcome: "acted" | "nothing", answer: string) =>
    call<void>("PUT", `/admin/reports/${at(id)}/settled`, { outcome, answer }),
  appeals: (state: "waiting" | "answered", before: string) =>
    call<Page<AskedAppeal>>("GET", `/admin/appeals?${query({ state, before })}`),
  answer: (id: string, granted: boolean, text: string) =>
    call<void>("PUT", `/admin/appeals/${at(id)}/answer`, { granted, text }),
};
