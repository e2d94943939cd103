import type { DoorEvents, Knock } from "../protocol";
import { atDesk, type Folds, inRoom } from "./state";

export const doors: Folds<DoorEvents["is"]> = {
  "room.locked": (state, event) => {
    const next = inRoom(state, { locked: event.on });
    return event.on ? next : atDesk(next, () => ({ knocks: [] }));
  },
  "knock.heard": (state, event) => atDesk(state, (desk) => ({ knocks: heard(desk.knocks, event.knock) })),
  "knock.over": (state, event) =>
    atDesk(state, (desk) => ({ knocks: desk.knocks.filter((knock) => knock.person !== event.person) })),
  "raid.changed": (state, event) => atDesk(state, () => ({ raided: event.people })),
};

/** Knocking again keeps the place. */
function heard(knocks: Knock[], knock: Knock): Knock[] {
  const known = knocks.some((one) => one.person === knock.person);
  return known ? knocks.map((one) => (one.person === knock.person ? knock : one)) : [...knocks, knock];
}
