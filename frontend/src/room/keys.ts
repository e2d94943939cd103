import { shortcuts } from "$/ui/shortcuts.svelte";

/** Where `g` and one more key lead; who went there reads on from it. */
const PLACES: Record<string, string> = {
  s: ".room-stage, .desk-stage",
  q: ".room-floor, .desk-floor",
  n: ".now-on-air",
};
const WITHIN = 1500;
let going = 0;

/** Single keys of a room; those that move among questions are the same for everybody. */
export function keys(table: Record<string, () => unknown>): (event: KeyboardEvent) => void {
  const all: Record<string, () => unknown> = {
    j: () => step(1),
    k: () => step(-1),
    v: () => focusedCard()?.querySelector<HTMLButtonElement>("button.vote")?.click(),
    ...table,
  };
  return (event) => {
    if (!shortcuts.meant(event)) return;
    const act = event.timeStamp < going ? () => go(event.key) : all[event.key];
    going = event.key === "g" ? event.timeStamp + WITHIN : 0;
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
}

function go(key: string): void {
  const place = document.querySelector<HTMLElement>(PLACES[key] ?? "[hidden]");
  if (place === null) return;
  place.tabIndex = -1;
  place.focus();
  place.scrollIntoView({ block: "start" });
}

const CARDS = ".question-card, .floor-row";
const focusedCard = () => document.activeElement?.closest<HTMLElement>(CARDS);

function step(by: number): void {
  const cards = [...document.querySelectorAll<HTMLElement>(CARDS)];
  const at = cards.indexOf(focusedCard() as HTMLElement);
  const next = cards[Math.max(0, Math.min(cards.length - 1, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
