/** Counts who came into a queue since it was last asked; those who were there at first are not new. */
export class Newcomers {
  private known: Set<string> | null = null;
  private fresh = new Set<string>();

  see(ids: string[]): void {
    for (const id of ids) if (this.known !== null && !this.known.has(id)) this.fresh.add(id);
    this.known = new Set([...(this.known ?? []), ...ids]);
  }

  taken(): number {
    const n = this.fresh.size;
    this.fresh = new Set();
    return n;
  }
}
