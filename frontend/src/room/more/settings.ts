import { t } from "$/i18n/words.svelte";
import type { RoomSet, RoomSettings } from "$/live/protocol";

/** One setting of the room: its name, a sentence that says what follows, and its choices where it is no switch. */
export interface Setting {
  field: keyof RoomSettings;
  name: string;
  follows: string;
  choices?: [value: string | number, name: string][];
}

/** A group of settings under one heading. */
export interface Chapter {
  heading: string;
  settings: Setting[];
}

/** All that hosts can set; who comes next stands with the queue, where everybody reads it. */
export function chapters(): Chapter[] {
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
      heading: t("Audience"),
      settings: [
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
