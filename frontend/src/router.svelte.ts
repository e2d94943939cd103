/** Where one is in the application. Sound goes on from page to page. */
export type Route =
  | {
      page:
        | "home"
        | "plan"
        | "welcome"
        | "settings"
        | "inbox"
        | "decisions"
        | "groups"
        | "search"
        | "answers"
        | "lost";
    }
  | { page: "admin"; part: string }
  | { page: "listeners"; room: string }
  | { page: "person" | "person-answers"; handle: string }
  | { page: "paper"; paper: "imprint" | "privacy" | "rules" }
  | { page: "room" | "screen"; room: string }
  | { page: "sign-in" | "speaker" | "invitation" | "asked"; token: string }
  | { page: "group" | "group-answers"; handle: string }
  | { page: "copy"; copy: string };

/** The page of an address (architecture: doors that stay where they are). */
export function routeOf(path: string): Route {
  const [first = "", second = "", ...rest] = path.split("/").filter(Boolean).map(decoded);
  if (first === "r" && rest.length === 1 && rest[0] === "screen" && !second.includes("/")) {
    return { page: "screen", room: second };
  }
  if (first === "g" && rest.length === 1 && rest[0] === "answers" && !second.includes("/")) {
    return { page: "group-answers", handle: second };
  }
  if (first === "admin" && second === "rooms" && rest.length === 2 && rest[1] === "listeners") {
    const [room = ""] = rest;
    return room.includes("/") ? { page: "lost" } : { page: "listeners", room };
  }
  if (rest.length === 0 && second !== "") {
    // An address with a slash in it (%2f) reaches no room.
    if (first === "r" && !second.includes("/")) return { page: "room", room: second };
    if (first === "in") return { page: "sign-in", token: second };
    if (first === "i") return { page: "invitation", token: second };
    if (first === "g" && !second.includes("/")) return { page: "group", handle: second };
    if (first === "w") return { page: "asked", token: second };
    if (first === "s") return { page: "speaker", token: second };
    if (first === "c" && !second.includes("/")) return { page: "copy", copy: second };
  }
  if (first.startsWith("@") && first.length > 1 && rest.length === 0 && second === "answers") {
    return { page: "person-answers", handle: first.slice(1) };
  }
  // Which parts there are is known to the pages of those who run the place (admin/pages.ts).
  if (first === "admin" && rest.length === 0) return { page: "admin", part: second };
  if (second !== "") return { page: "lost" };
  if (first === "") return { page: "home" };
  if (first.startsWith("@") && first.length > 1) return { page: "person", handle: first.slice(1) };
  if (first === "imprint" || first === "privacy" || first === "rules") return { page: "paper", paper: first };
  const own = first === "plan" || first === "welcome" || first === "settings" || first === "inbox";
  const listed = first === "groups" || first === "search" || first === "answers" || first === "decisions";
  return own || listed ? { page: first } : { page: "lost" };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

class Router {
  route = $state.raw<Route>(routeOf(location.pathname));
  /** Whether one has moved on from the page that was loaded: to another, or into a room. */
  moved = false;
  /** The address one came from, within the application. */
  before: string | null = null;
  private address = location.pathname + location.search;

  constructor() {
    addEventListener("popstate", () => this.show());
    addEventListener("click", (event) => this.follow(event));
  }

  go(path: string, replace = false): void {
    history[replace ? "replaceState" : "pushState"]({}, "", path);
    scrollTo(0, 0);
    this.show();
  }

  private show(): void {
    this.route = routeOf(location.pathname);
    this.moved = true;
    const address = location.pathname + location.search;
    if (address !== this.address) [this.before, this.address] = [this.address, address];
  }

  /** A press on a link of ours stays in the page; with Ctrl, another button or a target it is the browser's. */
  private follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !plain || event.defaultPrevented || link.target || link.origin !== location.origin) return;
    if (link.hash && link.pathname === location.pathname) return;
    // Files, feeds and pages the server writes itself.
    if (link.hasAttribute("download") || routeOf(link.pathname).page === "lost") return;
    event.preventDefault();
    this.go(link.pathname + link.search + link.hash);
  }
}

export const router = new Router();

/** A page's heading takes the focus when a change of page left it nowhere; as after a load, one reads on from there. */
export function arrives(heading: HTMLElement): void {
  if (router.moved && document.activeElement === document.body) heading.focus();
}
