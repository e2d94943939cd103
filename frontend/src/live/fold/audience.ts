import type { AudienceEvents } from "../protocol";
import { type Folds, inRoom } from "./state";

export const audience: Folds<AudienceEvents["is"]> = {
  "room.pinned": (state, event) => inRoom(state, { pinned: event.pin }),
};
