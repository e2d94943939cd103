import { call } from "$/accounts/api";

export type Part = "speaker" | "cohost";

/** Whom one asks to take part: a handle with its @, an e-mail address, or the name of who is handed the link. */
export interface Wanted {
  to: string;
  role: Part;
  shown: boolean;
}

/** Somebody who was asked, as hosts see it. `url` and `code` (its picture to scan) are told once. */
export interface Asked {
  id: string;
  name: string;
  role: Part;
  shown: boolean;
  answer: "open" | "accepted" | "declined";
  portrait: string | null;
  mailed?: boolean;
  url?: string;
  code?: string;
}

/** Who takes part beside the host, and what one was asked oneself. */
export interface With {
  people: { name: string; role: Part; portrait: string | null }[];
  mine: { role: Part; answer: Asked["answer"] } | null;
}

const of = (room: string, rest: string) => `/rooms/${encodeURIComponent(room)}/${rest}`;

export const asked = {
  ask: (room: string, wanted: Wanted) => call<Asked>("POST", of(room, "asked"), wanted),
  every: (room: string) => call<Asked[]>("GET", of(room, "asked")),
  takeBack: (room: string, id: string) => call<void>("DELETE", of(room, `asked/${id}`)),
  with: (room: string) => call<With>("GET", of(room, "with")),
  answer: (room: string, yes: boolean) => call<void>("PUT", of(room, "with/me"), { yes }),
  look: (token: string) =>
    call<{ room: string; name: string; role: Part; answer: Asked["answer"] }>(
      "GET",
      `/asked/${encodeURIComponent(token)}`,
    ),
  answerByLink: (token: string, yes: boolean) =>
    call<void>("POST", `/asked/${encodeURIComponent(token)}`, { yes }),
};
