import type { MeDesk, PeopleEvents } from "../protocol";
import { atDesk, type Folds, ofMe } from "./state";

export const people: Folds<(PeopleEvents | MeDesk)["is"]> = {
  "me.named": (state, event) => ofMe(state, { name: event.name }),
  "me.rights": (state, event) => ofMe(state, { role: event.role, rights: event.rights }),
  "me.desk": (state, event) => ({ ...state, desk: event.desk, at: { ...state.at, desk: event.n } }),
  "role.given": (state, event) =>
    atDesk(state, (desk) => ({
      helpers: [...desk.helpers.filter((helper) => helper.person !== event.helper.person), event.helper],
    })),
  "role.taken": (state, event) =>
    atDesk(state, (desk) => ({ helpers: desk.helpers.filter((helper) => helper.person !== event.person) })),
};
