import { shortcuts } from "$/ui/shortcuts.svelte";

/** Single keys of a room; those that move among questions are the same for everybody. */
export function keys(table: Record<string, () => unknown>): (event: KeyboardEvent) => void {
  const all: Record<string, () => unknown> = {
    j: () => step(1),
    k: () => step(-1),
    v: () => focusedCard()?.querySelector<HTMLButtonElement>("button.vote")?.click(),
    ...table,
  };
  return (event) => {
    const act = all[event.key];
    if (act === undefined || !shortcuts.meant(event)) return;
    event.preventDefault();
    act();
  };
}

const focusedCard = () => document.activeElement?.closest<HTMLElement>(".question-card, .floor-row");

function step(by: number): void {
  const cards = [...document.querySelectorAll<HTMLElement>(".question-card")];
  const at = cards.indexOf(focusedCard() as HTMLElement);
  const next = cards[Math.max(0, Math.min(cards.length - 1, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
