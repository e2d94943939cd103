import { t } from "$/i18n/words.svelte";

/** What is asked of the server when a page opens, and again and again while it is open. */
export class Asked<T> {
  told = $state.raw<T | null>(null);
  fault = $state("");

  constructor(private readonly ask: () => Promise<T>) {}

  load = async (): Promise<void> => {
    try {
      this.told = await this.ask();
      this.fault = "";
    } catch (why) {
      this.fault = t((why as Error).message);
    }
  };

  /** For an effect: asks now and every so many milliseconds, until the page is left. */
  each(milliseconds: number): () => void {
    void this.load();
    const again = setInterval(this.load, milliseconds);
    return () => clearInterval(again);
  }
}
