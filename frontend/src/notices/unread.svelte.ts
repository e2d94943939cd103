import { call } from "$/accounts/api";

const AGAIN = 60_000;

/** How much of one's inbox is not read; looked up again while somebody looks at the page. */
class Unread {
  count = $state(0);

  async look(): Promise<void> {
    if (document.visibilityState !== "visible") return;
    const found = await call<{ unread: number }>("GET", "/inbox/unread").catch(() => undefined);
    if (found) this.count = found.unread;
  }

  /** Look now, each minute, and when the page is seen again; gives what ends it. */
  watch(): () => void {
    const look = () => void this.look();
    look();
    const timer = setInterval(look, AGAIN);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }
}

export const unread = new Unread();
