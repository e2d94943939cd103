import type { Entry, Question } from "$/live/protocol";
import type { Somebody } from "./people";

/** What a host has opened over the desk. */
export type DeskSheet =
  | { is: "more" | "settings" | "pin" | "end" | "leave" | "bans" | "extend" | "move" | "cancel" }
  | { is: "entry"; entry: Entry }
  | { is: "dismiss" | "edit" | "merge"; question: Question }
  | { is: "person" | "ban"; who: Somebody };
