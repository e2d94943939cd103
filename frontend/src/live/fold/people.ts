import type { MeDesk, PeopleEvents } from "../protocol";
import { atDesk, type Folds, inRoom, ofMe } from "./state";

export const people: Folds<(PeopleEvents | MeDesk)["is"]> = {
  "me.named": (state, event) => ofMe(state, { name: event.name }),
  "me.rights": (state, event) => ofMe(state, { role: event.role, rights: event.rights }),
  "me.desk": (state, event) => ({ ...state, desk: event.desk, at: { ...state.at, desk: event.n } }),
  "me.asked_to_host": (state, event) => ofMe(state, { asked_to_host: event.by }),
  "host.asked": (state, event) => atDesk(state, () => ({ asked: event.asked })),
  "host.changed": (state, event) => inRoom(state, { host: event.name, host_person: event.person }),
  "chair.empty": (state, event) => inRoom(state, { chair_empty_since: event.since }),
  "chair.filled": (state) => inRoom(state, { chair_empty_since: null }),
  "role.given": (state, event) =>
    atDesk(state, (desk) => ({
      helpers: [...desk.helpers.filter((helper) => helper.person !== event.helper.person), event.helper],
    })),
  "role.taken": (state, event) =>
    atDesk(state, (desk) => ({ helpers: desk.helpers.filter((helper) => helper.person !== event.person) })),
};
