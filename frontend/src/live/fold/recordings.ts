import type { RecordingEvents } from "../protocol";
import { atDesk, type Folds, inRoom, ofMe } from "./state";

export const recordings: Folds<RecordingEvents["is"]> = {
  "recording.changed": (state, event) => inRoom(state, { recording: event.recording }),
  "recording.trouble": (state, event) => atDesk(state, () => ({ recording_trouble: event.trouble })),
  "desk.recording": (state, event) =>
    atDesk(state, () => ({ left_out: event.left_out, recording_missing: event.missing })),
  "me.recording": (state, event) => ofMe(state, { recording: event.recording }),
};
