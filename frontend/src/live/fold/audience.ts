import type { AudienceEvents } from "../protocol";
import { atDesk, type Folds, inRoom } from "./state";

export const audience: Folds<AudienceEvents["is"]> = {
  "silence.counted": (state, event) => atDesk(state, () => ({ silent: event.silent })),
  "room.pinned": (state, event) => inRoom(state, { pinned: event.pin }),
};
