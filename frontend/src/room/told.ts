import { count, t } from "$/i18n/words.svelte";
import type { AnyEvent, AnyFrame, Question } from "$/live/protocol";
import type { RoomState } from "$/live/reduce";
import { reasons } from "$/questions/reasons";

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
    case "room.started":
      return before.desk ? "" : t("The room has begun.");
    case "room.dumped":
      return dumped(before);
    case "me.on_deck":
      return event.on_deck?.answer === "asked" && !before.me.on_deck ? t("You are next. Ready?") : "";
    case "me.hand":
      return event.by_host
        ? t("A host took all hands down. Raise yours again if you still wish to speak.")
        : "";
    case "me.question":
      return ofMine(event.question, before);
    case "me.merged":
      return t("A question you voted for was joined with another. Your vote went with it.");
    case "question.changed":
      return answered(event.question, before);
    case "speaker.changed":
      return event.seat.person === me && event.seat.muted && !event.seat.away && open
        ? t("A host muted you.")
        : "";
    case "me.backstage":
      return event.backstage === null && before.me.backstage !== null ? leftBackstage(before, open) : "";
    case "speaker.left":
      if (event.person === me && event.why === "thanked")
        return t("The host thanks you. You go on listening.");
      return event.person === me && event.why === "moved_down"
        ? t("A host moved you to the audience. You go on listening.")
        : "";
    case "speaker_link.tried":
      return event.by === null
        ? t("Somebody tried the speaker link of {name}, which is in use.", { name: event.name })
        : t("{by} tried the speaker link of {name}, which is in use.", { by: event.by, name: event.name });
    default:
      return "";
  }
}

/** Who hears the room later waits in silence now; who is part of it hears on. */
function dumped({ room, desk, me }: RoomState): string {
  const part = desk !== null || room.seats.some((seat) => seat.person === me.person);
  if (part) return t("A moment was taken out. Nobody in the audience hears it.");
  return count(
    room.settings.safety_delay,
    "A moment was taken out. You hear the room again in {n} second.",
    "A moment was taken out. You hear the room again in {n} seconds.",
  );
}

/** Brought on air by a host, or moved to the audience; who went back by themselves has shut their microphone. */
function leftBackstage(before: RoomState, open: boolean): string {
  const seat = before.room.seats.find((one) => one.person === before.me.person);
  if (seat) return seat.muted ? t("You are on air, with your microphone shut.") : t("You are on air.");
  return open ? t("A host moved you to the audience. You go on listening.") : "";
}

/** What became of one's own question where the room does not see it. */
function ofMine(question: Question, before: RoomState): string {
  const known = [...before.me.questions, ...before.room.questions].find((one) => one.id === question.id);
  if (known?.state === question.state) return "";
  if (question.state === "pending") return t("Your question is read first. You find it under Mine.");
  if (question.state === "merged") return t("Your question was joined with another; its votes went with it.");
  if (question.state !== "dismissed" || question.reason === null) return "";
  return t("Your question was not taken: {reason}.", { reason: reasons()[question.reason] });
}

/** Who asked a question or voted for it hears that it was answered. */
function answered(question: Question, before: RoomState): string {
  const known = before.room.questions.find((one) => one.id === question.id);
  if (question.state !== "answered" || known === undefined || known.state === "answered") return "";
  if (question.person === before.me.person) return t("Your question was answered.");
  return before.me.voted.includes(question.id) ? t("A question you voted for was answered.") : "";
}

function parts(): Record<string, string> {
  return {
    cohost: t("You are a co-host now."),
    screener: t("You are a screener now: you see the whole queue."),
    captioner: t("You are a captioner now: you type what is said."),
  };
}
