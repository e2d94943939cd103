import { shortcuts } from "$/ui/shortcuts.svelte";

/** Something that goes on while its key is held; false where the key means nothing here. */
export type Hold = (on: boolean) => boolean;

const CONTROLS = "a, button, input, select, textarea, summary, audio, [role=tab], [contenteditable]";

/** Keys that are held. Who leaves the page meanwhile has let go. `space` belongs to whatever control has the focus. */
export function holds(table: Record<string, Hold>): {
  down: (event: KeyboardEvent) => void;
  up: (event: KeyboardEvent) => void;
  away: () => void;
} {
  const held = new Set<string>();

  function letGo(key: string): void {
    if (held.delete(key)) table[key]?.(false);
  }

  return {
    down(event) {
      if (held.has(event.key)) return event.preventDefault();
      const hold = table[event.key];
      if (hold === undefined || !shortcuts.meant(event) || taken(event)) return;
      if (!hold(true)) return;
      event.preventDefault();
      held.add(event.key);
    },
    up: (event) => letGo(event.key),
    away: () => [...held].forEach(letGo),
  };
}

const taken = (event: KeyboardEvent): boolean =>
  event.key === " " && event.target instanceof Element && event.target.closest(CONTROLS) !== null;
