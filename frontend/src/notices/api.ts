// What one is told, and how, over the JSON API.

import { call } from "$/accounts/api";
import { spoken } from "$/i18n/words.svelte";

/** A line of the inbox. `path`: where it leads. */
export interface Notice {
  id: number;
  kind: string;
  title: string;
  text: string;
  path: string;
  at: number;
  read: boolean;
}

export interface Inbox {
  unread: number;
  notices: Notice[];
  more: boolean;
}

export type Topic =
  "reminders" | "live" | "changes" | "copies" | "invited" | "questions" | "groups" | "house";
export type Channel = "mail" | "push";

/** How one is told. `mail` is missing where this place sends none. */
export interface Wishes {
  zone: string;
  quiet: boolean;
  quiet_from: number;
  quiet_until: number;
  off: [Topic, Channel][];
  push_key: string;
  mail?: { address: string | null };
}

/** A moment at which one is reminded. */
export type Time = "week" | "day" | "hour" | "soon" | "starts";

/** How many want to be reminded of a room, and when one is oneself; `by_mail`: an address is enough. */
export interface Interest {
  count: number;
  times: Time[] | null;
  usual: Time[];
  by_mail: boolean;
  host: { id: string; name: string; followers: number; followed: boolean };
}

const at = encodeURIComponent;

export const notices = {
  inbox: (before?: number) =>
    call<Inbox>("GET", `/inbox?language=${spoken()}${before === undefined ? "" : `&before=${before}`}`),
  unread: () => call<{ unread: number }>("GET", "/inbox/unread"),
  read: (ids: number[]) => call<void>("POST", "/inbox/read", { ids }),
  readAll: (upTo: number) => call<void>("POST", "/inbox/read-all", { up_to: upTo }),
  wishes: () => call<Wishes>("GET", "/wishes"),
  wish: ({ zone, quiet, quiet_from, quiet_until, off }: Wishes) =>
    call<void>("PUT", "/wishes", { zone, quiet, quiet_from, quiet_until, off }),
  addDevice: (device: { endpoint: string; keys: { p256dh: string; auth: string } }) =>
    call<void>("POST", "/devices", device),
  removeDevice: (endpoint: string) => call<void>("POST", "/devices/gone", { endpoint }),
  interest: (room: string) => call<Interest>("GET", `/rooms/${at(room)}/interest`),
  /** Without moments: at the usual ones. */
  remind: (room: string, times?: Time[]) =>
    call<void>("PUT", `/rooms/${at(room)}/interest`, times ? { times } : {}),
  forget: (room: string) => call<void>("DELETE", `/rooms/${at(room)}/interest`),
  remindByMail: (room: string, asked: { address: string; language: string; zone: string; times: Time[] }) =>
    call<void>("POST", `/rooms/${at(room)}/letters`, asked),
  follow: (person: string, wanted: boolean) =>
    call<void>(wanted ? "PUT" : "DELETE", `/following/${at(person)}`),
};
