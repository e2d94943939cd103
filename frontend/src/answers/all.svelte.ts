import type { AnswerCard, Listed } from "./api";

/** A list of answers, a page after another. */
export class All {
  answers = $state.raw<AnswerCard[] | null>(null);
  next = $state.raw<string | null>(null);
  many = $state.raw<number | null>(null);
  busy = $state(false);
  fault = $state.raw<Error | null>(null);

  constructor(private readonly page: (after: string | null) => Promise<Listed>) {}

  /** The next of them, from the first on; each once. */
  more = async (): Promise<void> => {
    this.busy = true;
    try {
      const found = await this.page(this.next);
      const every = [...(this.answers ?? []), ...found.answers];
      this.answers = [...new Map(every.map((one) => [one.answer, one])).values()];
      this.next = found.next;
      this.many = found.many ?? null;
      this.fault = null;
    } catch (why) {
      this.fault = why as Error;
    }
    this.busy = false;
  };
}
