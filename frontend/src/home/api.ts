// The home page over the JSON API.

import { call, type RoomCard } from "$/accounts/api";

export type Paged = "live" | "soon" | "followed" | "ended";

/** One of one's groups. `next_at`: when its next room begins. */
export interface HomeGroup {
  handle: string;
  name: string;
  cover: string | null;
  members: number;
  live: boolean;
  next_at: number | null;
}

export interface Home {
  live: RoomCard[];
  soon: RoomCard[];
  /** Of people and groups one follows, on or to come. */
  followed: RoomCard[];
  /** One's own, on or to come. */
  own: RoomCard[];
  ended: RoomCard[];
  /** Cancelled, or nobody came to lead them. */
  fallen: RoomCard[];
  groups: HomeGroup[];
  /** The rooms one wants to be reminded of. */
  reminded: string[];
  /** Where those lists go on that have more. */
  next: Partial<Record<Paged, string>>;
}

/** What somebody looks for. */
export interface Wish {
  language?: string;
  tag?: string;
}

export const wished = (search: string): Wish => {
  const asked = new URLSearchParams(search);
  const [language, tag] = [asked.get("language"), asked.get("tag")];
  return { ...(language ? { language } : {}), ...(tag ? { tag } : {}) };
};

/** An address with what is looked for. */
export function looking(path: string, wish: Wish, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({ ...wish, ...more }).toString();
  return query ? `${path}?${query}` : path;
}

export const front = {
  home: (wish: Wish) => call<Home>("GET", looking("/home", wish)),
  more: (list: Paged, wish: Wish, after: string) =>
    call<{ rooms: RoomCard[]; next: string | null }>("GET", looking(`/home/${list}`, wish, { after })),
};
