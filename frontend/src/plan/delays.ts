import { t } from "$/i18n/words.svelte";
import type { RoomSettings } from "$/live/protocol";

/** How much later than those on stage the audience can hear a room. */
export const delays = (): { seconds: RoomSettings["safety_delay"]; name: string }[] => [
  { seconds: 0, name: t("Off") },
  { seconds: 10, name: t("10 seconds") },
  { seconds: 20, name: t("20 seconds") },
];
