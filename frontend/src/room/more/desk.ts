import type { Entry, Guest, Question } from "$/live/protocol";
import type { Somebody } from "./people";

type Alone =
  | "more"
  | "settings"
  | "words"
  | "pin"
  | "topic"
  | "agenda"
  | "end"
  | "leave"
  | "hand_over"
  | "bans"
  | "audience"
  | "speakers";
type Life = "extend" | "plan" | "looks" | "group" | "move" | "cancel" | "raid" | "raided" | "report";

/** What a host has opened over the desk. */
export type DeskSheet =
  | { is: Alone | Life }
  | { is: "entry"; entry: Entry }
  | { is: "guest"; guest: Guest }
  | { is: "dismiss" | "edit" | "merge"; question: Question }
  | { is: "person" | "ban"; who: Somebody };
