import type { FloorEvents } from "../protocol";
import { atDesk, type Folds, inRoom, ofMe } from "./state";

export const floor: Folds<FloorEvents["is"]> = {
  "floor.ordered": (state, event) => atDesk(state, () => ({ entries: event.entries })),
  "floor.opens": (state, event) => inRoom(state, { opens: event.opens }),
  "topic.changed": (state, event) => inRoom(state, { topic: event.topic }),
  "desk.agenda": (state, event) => atDesk(state, () => ({ agenda: event.agenda })),
  "me.on_deck": (state, event) => ofMe(state, { on_deck: event.on_deck }),
  "me.placed": (state, event) => ({ ...ofMe(state, { place: event.place }), fell: event.fell }),
};
