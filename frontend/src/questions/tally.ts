import type { Person } from "$/accounts/api";

/**
 * Whether one's own vote moves the number that orders the queue. Guests' may stand apart ("+ 1 guest"); of who has
 * just taken a name over the line, the page may not know yet whether they are one: then the number waits for the tick.
 */
export const votesCount = (person: Pick<Person, "guest"> | null, guestsCount: boolean): boolean =>
  guestsCount || person?.guest === false;
