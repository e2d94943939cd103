import type { MicrophoneEvents } from "../protocol";
import { atDesk, type Folds, inRoom, ofMe } from "./state";

export const microphones: Folds<MicrophoneEvents["is"]> = {
  "stage.hushed": (state, event) => inRoom(state, { hushed: event.on }),
  "microphones.asked": (state, event) => atDesk(state, () => ({ asking: event.asking })),
  "lines.graded": (state, event) => atDesk(state, () => ({ lines: event.lines })),
  "me.graded": (state, event) => ofMe(state, { line: event.line }),
};
