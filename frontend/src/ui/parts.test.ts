import { expect, test, vi } from "vitest";
import { tellOfLostParts } from "./parts";
import { toasts } from "./toasts.svelte";

test("a part that was pressed for and cannot be fetched says so, one that comes by itself does not", () => {
  tellOfLostParts();
  const lost = (isActive: boolean) => {
    vi.stubGlobal("navigator", { userActivation: { isActive } });
    dispatchEvent(new Event("vite:preloadError"));
    return toasts.shown.length;
  };

  expect([lost(false), lost(true)]).toEqual([0, 1]);
});
