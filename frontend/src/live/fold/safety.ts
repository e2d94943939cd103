import type { SafetyEvents } from "../protocol";
import { atDesk, type Folds } from "./state";

export const safety: Folds<SafetyEvents["is"]> = {
  "ban.given": (state, event) => atDesk(state, (desk) => ({ bans: [...desk.bans, event.ban] })),
  "ban.lifted": (state, event) =>
    atDesk(state, (desk) => ({ bans: desk.bans.filter((ban) => ban.id !== event.ban) })),
};
