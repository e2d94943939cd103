import { t } from "$/i18n/words.svelte";
import type { RoomSettings } from "$/live/protocol";

export type CohostRight = RoomSettings["cohosts_without"][number];

/** What a host can keep from their co-hosts, each with what it covers. */
export function cohostRights(): { right: CohostRight; name: string; covers: string }[] {
  return [
    {
      right: "room.start",
      name: t("Go live"),
      covers: t("Otherwise the room waits until you begin it."),
    },
    {
      right: "room.extend",
      name: t("Give more time"),
      covers: t("The room may go on longer than planned."),
    },
    {
      right: "room.end",
      name: t("End or cancel the room"),
      covers: t("Both are for good."),
    },
    {
      right: "room.set",
      name: t("Change the room"),
      covers: t("Its settings, its title and when it begins."),
    },
    {
      right: "room.record",
      name: t("Record"),
      covers: t("Begin, pause and end a recording. Each says of their own part whether it is kept."),
    },
    {
      right: "role.give",
      name: t("Name who helps"),
      covers: t("Screeners, captioners, and who may take the chair."),
    },
    {
      right: "room.ban",
      name: t("Ban people"),
      covers: t("Otherwise they can only send people out, who may come back."),
    },
    {
      right: "floor.pick",
      name: t("Choose what comes on air"),
      covers: t("Questions, topics, who is invited to the stage, and speaker links."),
    },
  ];
}

/** What is kept once this right is given or kept, too. */
export const keptThen = (kept: CohostRight[], right: CohostRight, may: boolean): CohostRight[] => [
  ...kept.filter((one) => one !== right),
  ...(may ? [] : [right]),
];
