// Where somebody was before they went to come in: they are brought back there, also by a letter that opens another tab.

import { routeOf } from "$/router.svelte";

const KEY = "causerie.onward";
/** As long as a link in a letter is good. */
const KEPT = 15 * 60 * 1000;

interface Kept {
  path: string;
  at: number;
}

/** Remember a page of ours; home and the pages by which one comes in need no way back. */
export function headFor(path: string, now = Date.now()): void {
  const { page } = routeOf(path.split(/[?#]/)[0] ?? "");
  if (page === "lost" || page === "home" || page === "welcome" || page === "sign-in") return;
  try {
    localStorage.setItem(KEY, JSON.stringify({ path, at: now } satisfies Kept));
  } catch {
    // Where nothing can be kept, one is brought home.
  }
}

/** Where to go on, told once; home where nothing is remembered. */
export function onward(now = Date.now()): string {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null") as Kept | null;
    forgetWay();
    const fresh =
      kept !== null && now - kept.at < KEPT && routeOf(kept.path.split(/[?#]/)[0] ?? "").page !== "lost";
    return fresh ? kept.path : "/";
  } catch {
    return "/";
  }
}

/** Whoever signs out leaves no way behind for the next. */
export function forgetWay(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // As above: then nothing was kept.
  }
}
