import type { SafetyEvents } from "../protocol";
import { atDesk, type Folds } from "./state";

export const safety: Folds<SafetyEvents["is"]> = {
  "ban.given": (state, event) => atDesk(state, (desk) => ({ bans: [...desk.bans, event.ban] })),
  "report.heard": (state, event) => atDesk(state, (desk) => ({ reports: [...desk.reports, event.report] })),
  "report.over": (state, event) =>
    atDesk(state, (desk) => ({ reports: desk.reports.filter((report) => report.id !== event.report) })),
  "ban.lifted": (state, event) =>
    atDesk(state, (desk) => ({ bans: desk.bans.filter((ban) => ban.id !== event.ban) })),
};
