import { t } from "$/i18n/words.svelte";
import { toast } from "./toasts.svelte";

/** Hand an address on: by the system's own sheet where there is one, else it is copied. */
export async function share(title: string, url: string): Promise<void> {
  if (navigator.share) await navigator.share({ title, url }).catch(() => undefined);
  else if (await copied(url)) toast(t("The link is copied."));
  else toast(url);
}

async function copied(url: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(url);
    return true;
  } catch {
    return false;
  }
}
