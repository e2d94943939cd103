import { shortcuts } from "$/ui/shortcuts.svelte";

const CONTROLS = "a, button, summary, audio, video, [role=tab], [contenteditable]";

/** Keys of the player. `space` belongs to whatever control has the focus. */
export function keys(table: Record<string, () => unknown>): (event: KeyboardEvent) => void {
  return (event) => {
    const act = table[event.key];
    if (act === undefined || !shortcuts.meant(event) || taken(event)) return;
    event.preventDefault();
    act();
  };
}

const taken = (event: KeyboardEvent): boolean =>
  event.key === " " && event.target instanceof Element && event.target.closest(CONTROLS) !== null;
