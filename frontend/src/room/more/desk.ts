import type { Somebody } from "./people";

/** What a host has opened over the desk. */
export type DeskSheet =
  { is: "more" } | { is: "settings" } | { is: "pin" } | { is: "end" } | { is: "person"; who: Somebody };
