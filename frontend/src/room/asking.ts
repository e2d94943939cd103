// Who asks in a room, for whoever has not been let in as somebody who does.

import type { RoomView } from "$/live/protocol";

/** What somebody can do to ask: nothing more than ask, join the group of the room, or come in with an account. */
export type Asking = "open" | "members" | "accounts";

export function asking(
  view: Pick<RoomView, "group" | "settings">,
  person: { guest: boolean } | null,
): Asking {
  if (view.group && view.settings.who_asks === "members") return "members";
  return view.settings.guests_ask === "no" && (person?.guest ?? true) ? "accounts" : "open";
}
