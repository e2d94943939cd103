import type { PeopleEvents } from "../protocol";
import { type Folds, ofMe } from "./state";

export const people: Folds<PeopleEvents["is"]> = {
  "me.named": (state, event) => ofMe(state, { name: event.name }),
  "me.rights": (state, event) => ofMe(state, { role: event.role, rights: event.rights }),
};
