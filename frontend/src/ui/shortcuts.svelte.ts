/** Single keys (WCAG 2.1.4): silent inside fields, and somebody can turn them off. */
const PLACE = "causerie.shortcuts";
const FIELDS = "input, textarea, select, [contenteditable]";

class Shortcuts {
  on = $state(localStorage.getItem(PLACE) !== "off");

  set(on: boolean): void {
    this.on = on;
    localStorage.setItem(PLACE, on ? "on" : "off");
  }

  /** Whether this press is a single key meant for the page. */
  meant(event: KeyboardEvent): boolean {
    const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented);
    const target = event.target instanceof Element ? event.target : null;
    return this.on && plain && !target?.closest(FIELDS) && !document.querySelector("dialog[open]");
  }
}

export const shortcuts = new Shortcuts();
