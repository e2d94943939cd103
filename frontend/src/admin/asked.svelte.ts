import { t } from "$/i18n/words.svelte";
import type { Page } from "./api";

/** What is asked of the server when a page opens, and again and again while it is open. */
export class Asked<T> {
  told = $state.raw<T | null>(null);
  fault = $state("");
  private asked = 0;

  constructor(private readonly ask: () => Promise<T>) {}

  /** Ask anew; an answer that was overtaken is not shown. */
  load = async (): Promise<void> => {
    const mine = ++this.asked;
    try {
      const told = await this.ask();
      if (mine !== this.asked) return;
      this.told = told;
      this.fault = "";
    } catch (why) {
      if (mine === this.asked) this.fault = t((why as Error).message);
    }
  };

  /** For an effect: asks now and every so many milliseconds, until the page is left. */
  each(milliseconds: number): () => void {
    void this.load();
    const again = setInterval(this.load, milliseconds);
    return () => clearInterval(again);
  }
}

/** The same of a list that comes page by page: as many pages as somebody wanted to see, each time anew. */
export class AskedPages<T> extends Asked<Page<T>> {
  private wanted = 1;

  constructor(ask: (before: string) => Promise<Page<T>>) {
    super(async () => {
      let all = await ask("");
      for (let n = 1; n < this.wanted && all.next !== null; n++) {
        const more = await ask(all.next);
        all = { found: [...all.found, ...more.found], next: more.next };
      }
      return all;
    });
  }

  more = (): Promise<void> => {
    this.wanted++;
    return this.load();
  };
}
