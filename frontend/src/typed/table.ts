import { t } from "$/i18n/words.svelte";
import type { Wanted } from "$/live/line";
import type { AnyCommand } from "$/live/protocol";

/** What a typed word wants after it. */
export type Takes = "person" | "place" | "text" | "topic" | "choice" | "minutes" | "answered" | "own";

/** One typed command: `/word`, what follows it, and what it does. */
export interface Typed {
  word: string;
  takes?: Takes;
  /** What follows the first. */
  then?: Takes;
  /** What follows may be left out. */
  bare?: boolean;
  /** The words to choose from, where it takes a choice. */
  among?: readonly string[];
  /** The right that one needs; without it the command is not offered. */
  right: string;
  says: string;
  does: (given: string, more: string) => Wanted;
}

/** What is not typed: what the page does by itself, and what is pressed where it stands (a vote, an answer to a card). */
type Pressed =
  | "room.enter"
  | "room.leave"
  | "media.offer"
  | "media.close"
  | "media.lowest_delay"
  | "microphone.unmute"
  | "microphone.away"
  | "sound.silent"
  | "audience.page"
  | "caption.page"
  | "question.page"
  | "question.similar"
  | "ban.preview"
  | "role.preview"
  | "room.unban"
  | "report.done"
  | "backstage.talk"
  | "backstage.note"
  | "backstage.ready"
  | "recording.consent"
  | "recording.withdraw"
  | "room.knock"
  | "knock.answer"
  | "room.cancel"
  | "room.move"
  | "room.plan"
  | "room.reopen"
  | "host.accept"
  | "host.decline"
  | "stage.accept"
  | "stage.decline"
  | "stage.more_time"
  | "question.vote"
  | "question.unvote"
  | "question.withdraw"
  | "question.approve"
  | "question.restore"
  | "floor.read_out"
  | "floor.answered"
  | "floor.put_back"
  | "floor.shortlist"
  | "floor.move"
  | "floor.place";

const POLICIES = ["votes", "in_turn", "fair", "by_hand"] as const;
const SWITCH = ["on", "off"] as const;
const KINDS = ["clap", "fire", "heart", "laugh", "surprise", "thumbs_up"] as const;
const REASONS = [
  "answered_before",
  "off_topic",
  "unclear",
  "not_a_question",
  "against_the_rules",
  "no_time",
] as const;

/** The one table: which command of the room is typed how. A new command stands here or among the pressed ones. */
export function table(): Record<Exclude<AnyCommand["do"], Pressed>, Typed> {
  return {
    "room.start": {
      word: "start",
      right: "room.start",
      says: t("Go live"),
      does: () => ({ do: "room.start" }),
    },
    "room.open_backstage": {
      word: "backstage",
      right: "room.open_backstage",
      says: t("Open backstage"),
      does: () => ({ do: "room.open_backstage" }),
    },
    "room.end": {
      word: "end",
      right: "room.end",
      says: t("End the room for everyone"),
      does: () => ({ do: "room.end" }),
    },
    "room.announce": {
      word: "announce",
      right: "room.plan",
      says: t("Let people find this draft"),
      does: () => ({ do: "room.announce" }),
    },
    "room.extend": {
      word: "extend",
      takes: "minutes",
      right: "room.extend",
      says: t("Give the room more minutes"),
      does: (given) => ({ do: "room.extend", minutes: Number(given) }),
    },
    "room.set": {
      word: "rule",
      takes: "choice",
      among: POLICIES,
      right: "room.set",
      says: t("Change the rule of the queue"),
      does: (given) => ({ do: "room.set", policy: given as (typeof POLICIES)[number] }),
    },
    "recording.start": {
      word: "record",
      right: "room.record",
      says: t("Start recording"),
      does: () => ({ do: "recording.start" }),
    },
    "recording.pause": {
      word: "pause",
      right: "room.record",
      says: t("Pause the recording"),
      does: () => ({ do: "recording.pause" }),
    },
    "recording.resume": {
      word: "resume",
      right: "room.record",
      says: t("Go on recording"),
      does: () => ({ do: "recording.resume" }),
    },
    "recording.stop": {
      word: "stop recording",
      right: "room.record",
      says: t("Stop recording"),
      does: () => ({ do: "recording.stop" }),
    },
    "room.pin": {
      word: "pin",
      takes: "text",
      right: "room.pin",
      says: t("Pin a line for everybody"),
      does: (given) => ({ do: "room.pin", text: given }),
    },
    "room.unpin": {
      word: "unpin",
      right: "room.pin",
      says: t("Take the pinned line down"),
      does: () => ({ do: "room.unpin" }),
    },
    "room.lock": {
      word: "lock",
      takes: "choice",
      among: SWITCH,
      right: "room.lock",
      says: t("Lock the room, or unlock it"),
      does: (given) => ({ do: "room.lock", on: given === "on" }),
    },
    "room.raid": {
      word: "raid",
      takes: "minutes",
      right: "room.raid",
      says: t("Lock, send out who came in the last minutes, mute all"),
      does: (given) => ({ do: "room.raid", minutes: Number(given) }),
    },
    "raid.undo": {
      word: "let-back",
      right: "room.raid",
      says: t("Let everybody back in whom the raid button sent out"),
      does: () => ({ do: "raid.undo" }),
    },
    "room.remove": {
      word: "remove",
      takes: "person",
      right: "room.remove",
      says: t("Send somebody out; they may return"),
      does: (given) => ({ do: "room.remove", person: given }),
    },
    "room.ban": {
      word: "ban",
      takes: "person",
      right: "room.ban",
      says: t("Send somebody out and keep them out"),
      does: (given) => ({ do: "room.ban", person: given }),
    },
    "room.hand_over": {
      word: "hand-over",
      takes: "person",
      right: "room.hand_over",
      says: t("Ask somebody to be host instead"),
      does: (given) => ({ do: "room.hand_over", person: given }),
    },
    "role.give": {
      word: "cohost",
      takes: "person",
      right: "role.cohost",
      says: t("Make somebody co-host"),
      does: (given) => ({ do: "role.give", person: given, role: "cohost" }),
    },
    "role.take": {
      word: "no-role",
      takes: "person",
      right: "role.give",
      says: t("Take a role back"),
      does: (given) => ({ do: "role.take", person: given }),
    },
    "chair.take": {
      word: "chair",
      right: "chair.take",
      says: t("Take the chair"),
      does: () => ({ do: "chair.take" }),
    },
    "stage.invite": {
      word: "invite",
      takes: "person",
      right: "stage.invite",
      says: t("Invite somebody to the stage"),
      does: (given) => ({ do: "stage.invite", person: given }),
    },
    "stage.put_on_air": {
      word: "air",
      takes: "person",
      right: "stage.put_on_air",
      says: t("Bring somebody on air from backstage"),
      does: (given) => ({ do: "stage.put_on_air", person: given }),
    },
    "stage.mute": {
      word: "mute",
      takes: "person",
      right: "stage.mute",
      says: t("Mute somebody on stage"),
      does: (given) => ({ do: "stage.mute", person: given }),
    },
    "stage.mute_all": {
      word: "mute all",
      right: "stage.mute_all",
      says: t("Mute everybody but the hosts"),
      does: () => ({ do: "stage.mute_all" }),
    },
    "stage.release": {
      word: "release",
      takes: "person",
      right: "stage.mute",
      says: t("Let somebody unmute again"),
      does: (given) => ({ do: "stage.release", person: given }),
    },
    "stage.ask_unmute": {
      word: "unmute",
      takes: "person",
      right: "stage.ask_unmute",
      says: t("Ask somebody to unmute"),
      does: (given) => ({ do: "stage.ask_unmute", person: given }),
    },
    "stage.hush": {
      word: "hush",
      takes: "choice",
      among: SWITCH,
      right: "stage.hush",
      says: t("Let only hosts be heard, or everybody again"),
      does: (given) => ({ do: "stage.hush", on: given === "on" }),
    },
    "room.dump": {
      word: "dump",
      right: "room.dump",
      says: t("Take out what the audience has not heard yet"),
      does: () => ({ do: "room.dump" }),
    },
    "stage.move_down": {
      word: "move",
      takes: "person",
      right: "stage.move_down",
      says: t("Move a speaker to the audience"),
      does: (given) => ({ do: "stage.move_down", person: given }),
    },
    "hand.lower_all": {
      word: "lower all",
      right: "hand.lower_all",
      says: t("Take all hands down"),
      does: () => ({ do: "hand.lower_all" }),
    },
    "floor.pick": {
      word: "pick",
      takes: "place",
      right: "floor.pick",
      says: t("Put a question on air, by its place in the queue"),
      does: (given) => ({ do: "floor.pick", question: given }),
    },
    "floor.topic": {
      word: "topic",
      takes: "topic",
      bare: true,
      right: "floor.topic",
      says: t("Put a topic on air; without a word, take it down"),
      does: (given) => ({ do: "floor.topic", text: given || null }),
    },
    "question.reopen": {
      word: "undo",
      takes: "answered",
      right: "question.moderate",
      says: t("Take back that a question was just answered"),
      does: (given) => ({ do: "question.reopen", question: given }),
    },
    "question.dismiss": {
      word: "dismiss",
      takes: "place",
      then: "choice",
      among: REASONS,
      right: "question.moderate",
      says: t("Dismiss a question, by its place and with a reason"),
      does: (given, more) => ({
        do: "question.dismiss",
        question: given,
        reason: more as (typeof REASONS)[number],
      }),
    },
    "question.edit": {
      word: "reword",
      takes: "place",
      then: "text",
      right: "question.moderate",
      says: t("Word a question otherwise, by its place"),
      does: (given, more) => ({ do: "question.edit", question: given, text: more }),
    },
    "question.merge": {
      word: "join",
      takes: "place",
      then: "place",
      right: "question.merge",
      says: t("Join one question with another, by their places"),
      does: (given, more) => ({ do: "question.merge", question: given, into: more }),
    },
    "hand.raise": {
      word: "hand",
      takes: "text",
      bare: true,
      right: "hand.raise",
      says: t("Raise your hand, with a note for the hosts if you like"),
      does: (given) => ({ do: "hand.raise", note: given || null }),
    },
    "hand.lower": {
      word: "lower",
      right: "hand.raise",
      says: t("Lower your hand"),
      does: () => ({ do: "hand.lower" }),
    },
    "question.ask": {
      word: "ask",
      takes: "text",
      right: "question.ask",
      says: t("Ask a question"),
      does: (given) => ({ do: "question.ask", text: given }),
    },
    "question.hide_name": {
      word: "no-name",
      takes: "own",
      right: "question.ask",
      says: t("Take your name off a question of yours, by its number among them"),
      does: (given) => ({ do: "question.hide_name", question: given }),
    },
    "deck.ready": {
      word: "ready",
      right: "question.ask",
      says: t("Say that you are ready"),
      does: () => ({ do: "deck.ready" }),
    },
    "deck.not_ready": {
      word: "not-ready",
      right: "question.ask",
      says: t("Say that you are not ready"),
      does: () => ({ do: "deck.not_ready" }),
    },
    "stage.step_down": {
      word: "down",
      right: "stage.speak",
      says: t("Step down from the stage"),
      does: () => ({ do: "stage.step_down" }),
    },
    "microphone.mute": {
      word: "quiet",
      right: "stage.speak",
      says: t("Mute yourself"),
      does: () => ({ do: "microphone.mute" }),
    },
    "microphone.ask": {
      word: "may-i",
      right: "stage.speak",
      says: t("Ask the hosts to let you unmute"),
      does: () => ({ do: "microphone.ask" }),
    },
    "caption.say": {
      word: "caption",
      takes: "text",
      right: "caption.say",
      says: t("Type a line of what is said"),
      does: (given) => ({ do: "caption.say", text: given }),
    },
    react: {
      word: "react",
      takes: "choice",
      among: KINDS,
      right: "react",
      says: t("React"),
      does: (given) => ({ do: "react", kind: given as (typeof KINDS)[number] }),
    },
  };
}
