import { t } from "$/i18n/words.svelte";
import { account } from "./account";
import type { Paper } from "./papers";

/** What of the place's papers was written, or written anew, since one said yes to it; asked once while the page is open. */
class Anew {
  papers = $state.raw<Partial<Record<Paper, string>>>({});
  fault = $state("");
  private asked: string | null = null;

  /** Nothing is said where this fails: it is asked again with the next page that is opened. */
  async ask(person: string): Promise<void> {
    if (this.asked === person) return;
    this.asked = person;
    try {
      this.papers = (await account.newPapers()).papers;
    } catch {
      this.asked = null;
    }
  }

  /** Say yes to what stood there; what was written anew meanwhile is shown with why. */
  async accept(): Promise<void> {
    this.fault = "";
    try {
      await account.acceptPapers(this.papers);
      this.papers = {};
    } catch (why) {
      this.fault = t((why as Error).message);
      this.papers = await account.newPapers().then(
        (told) => told.papers,
        () => this.papers,
      );
    }
  }
}

export const anew = new Anew();
