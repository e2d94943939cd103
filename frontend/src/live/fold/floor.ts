import type { FloorEvents } from "../protocol";
import { atDesk, type Folds, ofMe } from "./state";

export const floor: Folds<FloorEvents["is"]> = {
  "floor.ordered": (state, event) => atDesk(state, () => ({ entries: event.entries })),
  "me.placed": (state, event) => ({ ...ofMe(state, { place: event.place }), fell: event.fell }),
};
