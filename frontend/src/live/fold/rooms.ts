import type { RoomEvents } from "../protocol";
import { type Folds, inRoom } from "./state";

export const rooms: Folds<RoomEvents["is"]> = {
  "room.started": (state, event) => inRoom(state, { phase: "live", started_at: event.at }),
  "room.ended": (state, event) => inRoom(state, { phase: "ended", ended_at: event.at }),
  // All that it says of the room, whatever comes to be said: a list here would forget what is new.
  "room.planned": (state, { is: _, ...plan }) => inRoom(state, plan),
  // Told where it happens; nothing of the room is otherwise for it.
  "speaker_link.tried": (state) => state,
  "room.ending": (state, event) => inRoom(state, { ending: event.ending }),
  // What the audience had not read, nobody reads any more.
  "room.dumped": (state, { begins, ends }) =>
    inRoom(state, { captions: state.room.captions.filter(({ at }) => at < begins || at >= ends) }),
  "room.changed": (state, event) => inRoom(state, { settings: event.settings }),
};
