import { t } from "$/i18n/words.svelte";
import type { AnyEvent, AnyFrame } from "$/live/protocol";
import type { RoomState } from "$/live/reduce";

/** What a person is told in passing, when others have done something that concerns them. `open`: they speak just now. */
export function told(frame: AnyFrame, before: RoomState | null, open: boolean): string[] {
  if (frame.type !== "events" || before === null || frame.n <= before.at[frame.channel]) return [];
  const heard = open && !frame.events.some((event) => lost(event, before.me.person));
  return frame.events.map((event) => sentence(event, before, heard)).filter((said) => said !== "");
}

/** One's own line was lost: who comes back is muted by that, and not by a host. */
const lost = (event: AnyEvent, me: string): boolean =>
  event.is === "speaker.changed" && event.seat.person === me && event.seat.held;

function sentence(event: AnyEvent, before: RoomState, open: boolean): string {
  const me = before.me.person;
  switch (event.is) {
    case "me.rights":
      return event.role === before.me.role ? "" : (parts()[event.role] ?? "");
    case "host.changed":
      return event.person === me
        ? t("You lead the room now.")
        : t("{name} leads the room now.", { name: event.name });
    case "speaker.changed":
      return event.seat.person === me && event.seat.muted && !event.seat.away && open
        ? t("A host muted you.")
        : "";
    case "speaker.left":
      return event.person === me && event.why === "moved_down"
        ? t("A host moved you to the audience. You go on listening.")
        : "";
    default:
      return "";
  }
}

function parts(): Record<string, string> {
  return {
    cohost: t("You are a co-host now."),
    screener: t("You are a screener now: you see the whole queue."),
    captioner: t("You are a captioner now: you type what is said."),
  };
}
