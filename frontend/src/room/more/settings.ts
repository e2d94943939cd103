import { number, t } from "$/i18n/words.svelte";
import type { RoomSet, RoomSettings } from "$/live/protocol";
import { delays } from "$/plan/delays";
import { LENGTHS, minutes } from "$/plan/lengths";

/** One setting of the room: its name, a sentence that says what follows, and its choices where it is no switch. */
export interface Setting {
  field: keyof RoomSettings;
  name: string;
  follows: string;
  choices?: [value: string | number, name: string][];
}

/** A group of settings under one heading. `why`: why there are no more choices. */
export interface Chapter {
  heading: string;
  why?: string;
  settings: Setting[];
}

/** Why not every way to be recorded can be chosen: the charter of the room's group says so. */
function byCharter(can: RoomSettings["recording"][]): string | null {
  if (!can.includes("off")) return t("The charter of this group has every room recorded from its start.");
  return can.length === 1 ? t("The charter of this group has no room recorded.") : null;
}

/** What of the recording hosts can set; where the charter leaves nothing to choose, it is said and not offered. */
function recording(can: RoomSettings["recording"][]): Chapter {
  const why = byCharter(can);
  const rules: [RoomSettings["recording"], string][] = [
    ["off", t("Nobody")],
    ["each", t("Who says yes")],
    ["condition", t("Who speaks has to say yes")],
  ];
  const rule: Setting = {
    field: "recording",
    name: t("Who is recorded"),
    follows: t("Only people on stage, each on a track of their own; everybody reads it at the door."),
    choices: rules.filter(([one]) => can.includes(one)),
  };
  const start: Setting = {
    field: "record_from_start",
    name: t("From the start"),
    follows: t("The recording begins as soon as the room is live and somebody has said yes."),
  };
  const settings = [...(can.length > 1 ? [rule] : []), ...(why === null ? [start] : [])];
  return { heading: t("Recording"), settings, ...(why === null ? {} : { why }) };
}

const whoAsks = (): Setting => ({
  field: "who_asks",
  name: t("Who may ask"),
  follows: t("Who leads the room and who is on stage ask in any case."),
  choices: [
    ["everyone", t("Everyone who listens")],
    ["members", t("Members of the group")],
  ],
});

/** All that hosts can set, recording as far as `can` goes, and who asks where the room is held in a group; who comes next stands with the queue, where everybody reads it. */
export function chapters(can: RoomSettings["recording"][], held: boolean): Chapter[] {
  return [
    {
      heading: t("Floor queue"),
      settings: [
        {
          field: "alternate",
          name: t("Questions and hands"),
          follows: t("How they take turns where the most wanted come first."),
          choices: [
            ["1:1", t("In turn")],
            ["3:1", t("Three questions, then a hand")],
            ["questions_first", t("Questions first")],
            ["hands_first", t("Hands first")],
          ],
        },
      ],
    },
    {
      heading: t("Questions"),
      settings: [
        {
          field: "read_first",
          name: t("Read first"),
          follows: t("A new question is seen by the room once somebody at the desk has read it."),
        },
        {
          field: "anonymous",
          name: t("Without a name"),
          follows: t("Hosts see who asks, except where nobody has a name; there, questions are read first."),
          choices: [
            ["never", t("Never")],
            ["allowed", t("As each likes")],
            ["always", t("Nobody has a name")],
          ],
        },
        ...(held ? [whoAsks()] : []),
        {
          field: "guests_ask",
          name: t("Guests ask"),
          follows: t("Guests are those without an account."),
          choices: [
            ["read_first", t("Read first")],
            ["open", t("Like everybody")],
            ["no", t("Not at all")],
          ],
        },
        {
          field: "guests_vote_counts",
          name: t("Guests' votes count"),
          follows: t("Otherwise they stand apart and do not order the queue."),
        },
        {
          field: "down_votes",
          name: t("Votes against"),
          follows: t("A question can be voted down, too."),
        },
        {
          field: "questions_per_person",
          name: t("Open questions a person"),
          follows: t("More have to wait until one is answered."),
          choices: [1, 2, 3, 5, 10].map((n) => [n, number(n)]),
        },
        {
          field: "slow",
          name: t("Slow mode"),
          follows: t("Between two questions of the same person lies at least this long."),
          choices: [
            [0, t("Off")],
            [10, t("10 seconds")],
            [30, t("30 seconds")],
            [60, t("A minute")],
          ],
        },
        {
          field: "box_after_end",
          name: t("Questions after the end"),
          follows: t("The box stays open when nobody speaks any more."),
        },
      ],
    },
    {
      heading: t("Time"),
      settings: [
        {
          field: "length",
          name: t("Expected length"),
          follows: t("Who waits reads when their turn is probably after it. The room ends when you end it."),
          choices: LENGTHS.map((n) => [n, minutes(n)]),
        },
      ],
    },
    {
      heading: t("Stage"),
      settings: [
        {
          field: "guests_speak",
          name: t("Guests on stage"),
          follows: t("Otherwise speaking takes an account, or a speaker link."),
        },
        {
          field: "backstage",
          name: t("Backstage first"),
          follows: t("Who accepts waits there, and a host brings them on air."),
        },
        {
          field: "gentle_clock",
          name: t("Gentle clock"),
          follows: t("Who has had the word so long gets a soft sign, and you see it."),
          choices: [
            ["0", t("Off")],
            ["3", t("3 minutes")],
            ["5", t("5 minutes")],
            ["10", t("10 minutes")],
          ],
        },
      ],
    },
    recording(can),
    {
      heading: t("Audience"),
      settings: [
        {
          field: "safety_delay",
          name: t("Safety delay"),
          follows: t(
            "The audience hears and reads you that much later; until then a moment can be taken out.",
          ),
          choices: delays().map(({ seconds, name }) => [seconds, name]),
        },
        {
          field: "visible_list",
          name: t("List of listeners"),
          follows: t("Everybody sees who is here by name; the door says so beforehand."),
        },
        {
          field: "most_listeners",
          name: t("Most listeners"),
          follows: t("Who comes when the room is full is told so."),
          choices: [0, 50, 100, 250, 500, 1000].map((n) => [n, n === 0 ? t("No limit") : number(n)]),
        },
        {
          field: "reactions",
          name: t("Reactions"),
          follows: t("Listeners can clap, laugh and wonder; everybody sees how many do."),
        },
      ],
    },
  ];
}

/** A setting as it is sent: `value` is what a field of the page gave. */
export function changed(setting: Setting, value: string | boolean): Omit<RoomSet, "id"> {
  const choice = setting.choices?.find(([given]) => String(given) === value)?.[0];
  return { do: "room.set", [setting.field]: choice ?? value };
}
