import { t } from "$/i18n/words.svelte";
import type { Page } from "./api";

/** A list that one looks something up in: by words, by kind, and a page at a time. */
export class Found<T> {
  said = $state("");
  only = $state("");
  all = $state.raw<T[] | null>(null);
  next = $state<string | null>(null);
  fault = $state("");
  private asked = 0;

  constructor(
    private readonly ask: (of: { said: string; only: string; before: string }) => Promise<Page<T>>,
  ) {}

  /** Look anew; an answer that was overtaken is not shown. */
  load = async (before = ""): Promise<void> => {
    const mine = ++this.asked;
    try {
      const found = await this.ask({ said: this.said.trim(), only: this.only, before });
      if (mine !== this.asked) return;
      this.all = before === "" ? found.found : [...(this.all ?? []), ...found.found];
      this.next = found.next;
      this.fault = "";
    } catch (why) {
      if (mine === this.asked) this.fault = t((why as Error).message);
    }
  };

  more = (): Promise<void> => this.load(this.next ?? "");
}
