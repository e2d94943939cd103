// Groups over HTTP, one function a call.

import { call, type MadeReport, type RoomCard } from "$/accounts/api";
import type { Done } from "$/log/done";

export type Role = "owner" | "admin" | "moderator" | "member";
export type Joining = "open" | "request" | "invited";
export type Openers = "admins" | "moderators" | "members" | "everybody";
export type Right =
  | "group.edit"
  | "group.charter"
  | "group.invite"
  | "group.answer"
  | "group.role"
  | "group.remove"
  | "group.ban"
  | "group.audit"
  | "group.reports"
  | "group.hand_on"
  | "group.delete";

export type Records = "may" | "must" | "never";

export interface Charter {
  opens: Openers;
  recording: "off" | "each" | "condition";
  /** Whether rooms are recorded at all: as their host says, each, or none. */
  records: Records;
  /** Times of day (22:30) by the clocks of `zone`; both are there, or neither. */
  quiet_from: string | null;
  quiet_to: string | null;
  zone: string;
  text: string;
}

/** As it is shown; `recordings`: between which ways to be recorded hosts of its rooms can choose. */
export interface Agreed extends Charter {
  version: number;
  recordings: Charter["recording"][];
}

export interface Member {
  person: string;
  name: string;
  portrait: string | null;
  role: Role;
}

/** A group in a list. */
export interface GroupLine {
  handle: string;
  name: string;
  description: string;
  private: boolean;
  cover: string | null;
  members: number;
  live: boolean;
}

/** One of one's own; `may_open`: its charter lets one open a room in it. */
export interface OwnLine extends GroupLine {
  role: Role;
  may_open: boolean;
}

/** A group in which one may open a room, with what its charter says of rooms. */
export interface PlanGroup {
  handle: string;
  name: string;
  private: boolean;
  charter: Agreed;
}

export interface Edited {
  name: string;
  description: string;
  private: boolean;
  joining: Joining;
  hidden_list: boolean;
}

/** A group as its page shows it to oneself. */
export interface Group extends Edited {
  handle: string;
  created_at: number;
  cover: string | null;
  charter: Agreed;
  members: number;
  role: Role | null;
  /** One asked to join, and nobody has answered. */
  waits: boolean;
  /** How many wait for an answer, for those who can give it. */
  asks: number;
  rights: Right[];
  may_open: boolean;
  sees_members: boolean;
  /** Who was asked to own it, for its owner and for them. */
  heir: string | null;
  goes_at: number | null;
  goes_with_rooms: boolean;
  looked_after_by: Member[];
  live: RoomCard[];
  soon: RoomCard[];
  past: RoomCard[];
  /** The copy of each past room that has one. */
  copies: Record<string, string>;
  /** Its podcast, once something of it is published; its calendar, for whoever may have it. */
  feed: string | null;
  calendar: string | null;
  /** Its rooms for readers of news, of a public group. */
  news: string | null;
}

export interface Ask {
  person: string;
  name: string;
  portrait: string | null;
  line: string;
  at: number;
}

export interface Banned {
  person: string;
  name: string;
  reason: string;
}

export interface Invitation {
  id: string;
  expires_at: number;
  uses: number;
  used: number;
  by: string;
}

/** Who did what, and to whom. */
export interface Deed extends Done {
  id: string;
  at: number;
}

/** What an invitation leads to. */
export interface Invited {
  by: string;
  handle: string;
  name: string;
  description: string;
  private: boolean;
  cover: string | null;
  charter: Agreed;
}

const at = encodeURIComponent;
const of = (handle: string, more = "") => `/groups/${at(handle)}${more}`;

export const groups = {
  every: (after?: string) =>
    call<{ own: OwnLine[]; groups: GroupLine[]; next: string | null }>(
      "GET",
      after ? `/groups?after=${at(after)}` : "/groups",
    ),
  /** Those of one's own in which one may open a room. */
  toPlanIn: () => call<PlanGroup[]>("GET", "/plan/groups"),
  found: (group: Edited & { handle: string }) => call<{ handle: string }>("POST", "/groups", group),
  one: (handle: string) => call<Group>("GET", of(handle)),
  edit: (handle: string, group: Edited) => call<void>("PUT", of(handle), group),
  agree: (handle: string, charter: Charter) => call<void>("PUT", of(handle, "/charter"), charter),
  setCover: (handle: string, picture: string | null) => call<void>("PUT", of(handle, "/cover"), { picture }),
  join: (handle: string, line: string) => call<{ member: boolean }>("POST", of(handle, "/join"), { line }),
  stopAsking: (handle: string) => call<void>("DELETE", of(handle, "/join")),
  leave: (handle: string) => call<void>("POST", of(handle, "/leave")),
  members: (handle: string, after: string | null) =>
    call<{ members: Member[]; next: string | null }>(
      "GET",
      of(handle, after ? `/members?after=${at(after)}` : "/members"),
    ),
  giveRole: (handle: string, person: string, role: Role) =>
    call<void>("PUT", of(handle, `/members/${at(person)}/role`), { role }),
  remove: (handle: string, person: string) => call<void>("DELETE", of(handle, `/members/${at(person)}`)),
  ban: (handle: string, person: string, reason: string) =>
    call<void>("PUT", of(handle, `/bans/${at(person)}`), { reason }),
  unban: (handle: string, person: string) => call<void>("DELETE", of(handle, `/bans/${at(person)}`)),
  bans: (handle: string) => call<Banned[]>("GET", of(handle, "/bans")),
  /** A page of fifty; where it is full, more come after its last. */
  asks: (handle: string, after?: Ask) =>
    call<Ask[]>("GET", of(handle, after ? `/asks?after=${after.at}.${at(after.person)}` : "/asks")),
  answer: (handle: string, person: string, letIn: boolean) =>
    call<void>("POST", of(handle, `/asks/${at(person)}`), { let_in: letIn }),
  invitations: (handle: string) => call<Invitation[]>("GET", of(handle, "/invitations")),
  invite: (handle: string, hours: number, uses: number) =>
    call<Invitation & { url: string }>("POST", of(handle, "/invitations"), { hours, uses }),
  takeBack: (handle: string, id: string) => call<void>("DELETE", of(handle, `/invitations/${at(id)}`)),
  deeds: (handle: string, before: string | null) =>
    call<{ deeds: Deed[]; next: string | null }>(
      "GET",
      of(handle, before ? `/deeds?before=${at(before)}` : "/deeds"),
    ),
  /** A page of a hundred; where it is full, more come after its last. */
  reports: (handle: string, after?: MadeReport) =>
    call<MadeReport[]>("GET", of(handle, after ? `/reports?after=${at(after.id)}` : "/reports")),
  dealtWith: (handle: string, id: string) => call<void>("PUT", of(handle, `/reports/${at(id)}/done`)),
  offer: (handle: string, person: string) => call<void>("PUT", of(handle, "/heir"), { person }),
  accept: (handle: string) => call<void>("POST", of(handle, "/heir")),
  decline: (handle: string) => call<void>("DELETE", of(handle, "/heir")),
  wouldGo: (handle: string) =>
    call<{ to_come: number; past: number; copies: number }>("GET", of(handle, "/deletion")),
  goes: (handle: string, withRooms: boolean) =>
    call<{ goes_at: number }>("PUT", of(handle, "/deletion"), { with_rooms: withRooms }),
  keep: (handle: string) => call<void>("DELETE", of(handle, "/deletion")),
  look: (token: string) => call<Invited>("GET", `/group-invitations/${at(token)}`),
  use: (token: string) => call<{ handle: string }>("POST", `/group-invitations/${at(token)}`),
};
