// Answers over HTTP: those worth hearing, and those of a group or a host.

import { call } from "$/accounts/api";
import { looking, type Wish } from "$/home/api";

/** An answer from outside. `length` in milliseconds; `sound` is where it is heard, none where it only reads. */
export interface AnswerCard {
  answer: string;
  title: string;
  /** Who asked, if all may know. */
  asker: string | null;
  /** Those who are heard in it besides, the longest first. */
  who: string[];
  room: string;
  room_title: string;
  copy_name: string;
  language: string;
  length: number;
  sound: string | null;
  /** How loud it is from its beginning to its end, 0 to 255. */
  wave: number[];
}

/** `next` goes on with the page after; `many`: how many there are altogether, where that is told. */
export interface Listed {
  answers: AnswerCard[];
  next: string | null;
  many?: number;
}

const PAGE = "20";
const further = (after: string | null) => ({ most: PAGE, ...(after ? { after } : {}) });
const of = (group: string) => `/groups/${encodeURIComponent(group)}/answers`;
const by = (handle: string) => `/profiles/${encodeURIComponent(handle)}/answers`;

/** Where the first of them are asked for, which may have come with the page. */
export const firstWorth = (wish: Wish): string => looking("/answers", wish);
export const firstOf = of;
export const firstBy = by;

export const answers = {
  first: (path: string) => call<Listed>("GET", path),
  worth: (wish: Wish, after: string | null) => call<Listed>("GET", looking("/answers", wish, further(after))),
  of: (group: string, after: string | null) => call<Listed>("GET", looking(of(group), {}, further(after))),
  by: (handle: string, after: string | null) => call<Listed>("GET", looking(by(handle), {}, further(after))),
};
