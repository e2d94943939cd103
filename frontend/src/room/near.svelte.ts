import { router } from "$/router.svelte";
import type { RoomSession } from "./session.svelte";

/** Being in a room, for the pages outside of one: a room's code comes after theirs, and before somebody presses. */
class Near {
  /** Null until a room's code is here; it sets this itself. */
  session = $state.raw<RoomSession | null>(null);

  /** The public name of the room one is in. */
  get room(): string | null {
    return this.session?.room ?? null;
  }

  /** Have the code and a room's page come, while nobody waits for them. */
  soon(): void {
    void import("./RoomPage.svelte").catch(() => undefined);
  }

  /** Enter and hear, within a press, while the page turns: where the code is here, nothing is waited for. */
  async listen(room: string): Promise<void> {
    router.go(`/r/${room}`);
    await (this.session ?? (await import("./session.svelte")).room).listen(room);
  }

  /** One hears one thing: a room one listens to falls silent, unless one is on its stage. */
  hush(): void {
    const { session } = this;
    if (session?.hearing.wanted && !session.voice.seat) void session.pause();
  }
}

export const near = new Near();
