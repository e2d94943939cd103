/** Whoever comes later than this after the page was sent asks anew: what it said may not be so any more. */
const FRESH = 20_000;

/** What the server put into the page before it was asked, by the address it would have been asked at. */
export class First {
  private answers: Map<string, unknown>;

  constructor(
    block: string | null | undefined,
    private readonly clock = () => performance.now(),
  ) {
    this.answers = new Map(block ? Object.entries(JSON.parse(block) as Record<string, unknown>) : []);
  }

  /** An answer that is there; each is taken once. */
  take<T>(path: string): T | undefined {
    if (this.clock() > FRESH) this.forget();
    const answer = this.answers.get(path) as T | undefined;
    this.answers.delete(path);
    return answer;
  }

  /** Something was changed, perhaps who one is: nothing of it holds any more. */
  forget(): void {
    this.answers.clear();
  }
}

export const first = new First(document.getElementById("first")?.textContent);
