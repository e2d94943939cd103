import { Fault } from "$/accounts/api";
import { t } from "$/i18n/words.svelte";
import { copies, type Copy, type Edit } from "./api";

/** How often one looks while something is being made, and how often links are made anew before they run out. */
const SOON = 2000;
const LINKS = 240_000;

/** A copy as it stands: looked up again while it, or one of its clips, is being made. */
export class Made {
  view = $state.raw<Copy | null>(null);
  fault = $state.raw<Fault | null>(null);
  /** An edit, or another wish, on its way. */
  busy = $state(false);
  private timer = 0;
  private left = false;

  constructor(private readonly name: string) {}

  /** Look, and go on looking; gives what ends it. */
  begin(): () => void {
    this.left = false;
    void this.look();
    return () => {
      this.left = true;
      clearTimeout(this.timer);
    };
  }

  look = async (): Promise<void> => {
    clearTimeout(this.timer);
    try {
      this.view = await copies.view(this.name);
      this.fault = null;
    } catch (why) {
      this.missed(why as Fault);
    }
    if (!this.left) this.timer = window.setTimeout(this.look, this.making || this.fault ? SOON : LINKS);
  };

  /** Nothing at this address is an answer; a line that breaks is not, while there is something to show. */
  private missed(why: Fault): void {
    if (why.code === "copy.unknown" || !this.view) this.fault = why;
  }

  get making(): boolean {
    return (
      this.view?.state === "processing" ||
      (this.view?.clips.some((one) => one.state === "processing") ?? false)
    );
  }

  may(right: Copy["may"][number]): boolean {
    return this.view?.may.includes(right) ?? false;
  }

  /** An edit; gives the sentence that refuses it, as it is read, or an empty one. */
  edit(edit: Edit): Promise<string> {
    return this.wish(() => copies.edit(this.name, edit));
  }

  /** Something that changes the copy and answers with the new view, if with anything; refused as an edit. */
  async wish(ask: () => Promise<Copy | void>): Promise<string> {
    this.busy = true;
    try {
      const view = await ask();
      if (view) this.view = view;
      void this.look();
      return "";
    } catch (why) {
      return t((why as Error).message);
    } finally {
      this.busy = false;
    }
  }
}
