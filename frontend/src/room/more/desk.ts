import type { Somebody } from "./people";

/** What a host has opened over the desk. */
export type DeskSheet =
  { is: "more" | "settings" | "pin" | "end" | "leave" | "bans" } | { is: "person" | "ban"; who: Somebody };
