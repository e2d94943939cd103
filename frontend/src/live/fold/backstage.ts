import type { BackstageEvents } from "../protocol";
import { atDesk, type Folds, ofMe } from "./state";

export const backstage: Folds<BackstageEvents["is"]> = {
  "backstage.changed": (state, event) =>
    atDesk(state, () => ({ backstage: event.backstage, talking: event.talking })),
  "me.backstage": (state, event) => ofMe(state, { backstage: event.backstage }),
};
