import { t } from "$/i18n/words.svelte";
import type { Wanted } from "$/live/line";
import type { AnyCommand } from "$/live/protocol";

/** What a typed word wants after it. */
export type Takes = "person" | "place" | "text" | "choice";

/** One typed command: `/word`, what follows it, and what it does. */
export interface Typed {
  word: string;
  takes?: Takes;
  /** What follows may be left out. */
  bare?: boolean;
  /** The words to choose from, where it takes a choice. */
  among?: readonly string[];
  /** The right that one needs; without it the command is not offered. */
  right?: string;
  says: string;
  does: (given: string) => Wanted;
}

type Does = AnyCommand["do"];

const POLICIES = ["votes", "in_turn"] as const;
const KINDS = ["clap", "fire", "heart", "laugh", "surprise", "thumbs_up"] as const;

/** The one table: which command of the room is typed how. */
export function table(): Partial<Record<Does, Typed>> {
  return {
    "room.start": {
      word: "start",
      right: "room.start",
      says: t("Go live"),
      does: () => ({ do: "room.start" }),
    },
    "room.end": {
      word: "end",
      right: "room.end",
      says: t("End the room for everyone"),
      does: () => ({ do: "room.end" }),
    },
    "room.set": {
      word: "rule",
      takes: "choice",
      among: POLICIES,
      right: "room.set",
      says: t("Change the rule of the queue"),
      does: (policy) => ({ do: "room.set", policy: policy as (typeof POLICIES)[number] }),
    },
    "room.pin": {
      word: "pin",
      takes: "text",
      right: "room.pin",
      says: t("Pin a line for everybody"),
      does: (text) => ({ do: "room.pin", text }),
    },
    "room.unpin": {
      word: "unpin",
      right: "room.pin",
      says: t("Take the pinned line down"),
      does: () => ({ do: "room.unpin" }),
    },
    "room.remove": {
      word: "remove",
      takes: "person",
      right: "room.remove",
      says: t("Send somebody out; they may return"),
      does: (person) => ({ do: "room.remove", person }),
    },
    "room.ban": {
      word: "ban",
      takes: "person",
      right: "room.ban",
      says: t("Send somebody out and keep them out"),
      does: (person) => ({ do: "room.ban", person }),
    },
    "room.hand_over": {
      word: "hand-over",
      takes: "person",
      right: "room.hand_over",
      says: t("Ask somebody to be host instead"),
      does: (person) => ({ do: "room.hand_over", person }),
    },
    "role.give": {
      word: "cohost",
      takes: "person",
      right: "role.give",
      says: t("Make somebody co-host"),
      does: (person) => ({ do: "role.give", person, role: "cohost" }),
    },
    "role.take": {
      word: "uncohost",
      takes: "person",
      right: "role.give",
      says: t("Take a role back"),
      does: (person) => ({ do: "role.take", person }),
    },
    "stage.invite": {
      word: "invite",
      takes: "person",
      right: "stage.invite",
      says: t("Invite somebody to the stage"),
      does: (person) => ({ do: "stage.invite", person }),
    },
    "stage.mute": {
      word: "mute",
      takes: "person",
      right: "stage.mute",
      says: t("Mute somebody on stage"),
      does: (person) => ({ do: "stage.mute", person }),
    },
    "stage.move_down": {
      word: "move",
      takes: "person",
      right: "stage.move_down",
      says: t("Move a speaker to the audience"),
      does: (person) => ({ do: "stage.move_down", person }),
    },
    "floor.pick": {
      word: "pick",
      takes: "place",
      right: "floor.pick",
      says: t("Put a question on air, by its place in the queue"),
      does: (question) => ({ do: "floor.pick", question }),
    },
    "hand.raise": {
      word: "hand",
      takes: "text",
      bare: true,
      right: "hand.raise",
      says: t("Raise your hand, with a note for the hosts if you like"),
      does: (note) => ({ do: "hand.raise", note: note || null }),
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
      does: (text) => ({ do: "question.ask", text }),
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
    react: {
      word: "react",
      takes: "choice",
      among: KINDS,
      says: t("React"),
      does: (kind) => ({ do: "react", kind: kind as (typeof KINDS)[number] }),
    },
  };
}
