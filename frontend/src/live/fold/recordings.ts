import type { CatchUpAnswer, CatchUpChanged, RecordingEvents } from "../protocol";
import { atDesk, type Folds, inRoom, ofMe } from "./state";

export const recordings: Folds<RecordingEvents["is"]> = {
  "recording.changed": (state, event) => inRoom(state, { recording: event.recording }),
  "recording.trouble": (state, event) => atDesk(state, () => ({ recording_trouble: event.trouble })),
  "desk.recording": (state, event) =>
    atDesk(state, () => ({ left_out: event.left_out, recording_missing: event.missing })),
  "catch_up.changed": (state, event) => inRoom(state, { catch_up: caughtUp(state.room.catch_up, event) }),
  "me.recording": (state, event) => ofMe(state, { recording: event.recording }),
};

/** The answers that can be heard, in the order they were given. */
function caughtUp(known: CatchUpAnswer[], { added, gone }: CatchUpChanged): CatchUpAnswer[] {
  const other = new Set([...gone, ...added.map((one) => one.question)]);
  const all = [...known.filter((one) => !other.has(one.question)), ...added];
  return all.sort((a, b) => a.at - b.at || (a.question < b.question ? -1 : 1));
}
