import { t } from "$/i18n/words.svelte";
import { toast } from "./toasts.svelte";

/** A part of the page that somebody pressed for and that cannot be fetched says so. What comes by itself is fetched when it is
    wanted. */
export function tellOfLostParts(): void {
  addEventListener("vite:preloadError", () => {
    if (navigator.userActivation.isActive)
      toast(
        t(
          "This part of the page could not be fetched. Check your line and try again, or load the page anew.",
        ),
      );
  });
}
