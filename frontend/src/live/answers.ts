import type { AnyFrame } from "./protocol";

const WITHIN = 10_000;

/** Frames that answer one command of this page, each waited for by the command's id. */
export class Answers {
  private readonly waiting = new Map<string, (frame: AnyFrame | null) => void>();

  /** The answer to a command; null where none comes in time. */
  to(id: string): Promise<AnyFrame | null> {
    return new Promise((done) => {
      const settle = (frame: AnyFrame | null) => {
        clearTimeout(late);
        this.waiting.delete(id);
        done(frame);
      };
      const late = setTimeout(() => settle(null), WITHIN);
      this.waiting.set(id, settle);
    });
  }

  hear(frame: AnyFrame): void {
    if ("id" in frame && frame.type !== "ack" && frame.type !== "refused")
      this.waiting.get(frame.id)?.(frame);
  }

  /** The line broke: what was asked on it is not answered any more. */
  none(): void {
    for (const settle of this.waiting.values()) settle(null);
  }
}
