import { t } from "$/i18n/words.svelte";
import type { DeskView, Recording } from "$/live/protocol";

/** People are asked, and may be recorded. */
export const isOn = (recording: Recording): boolean =>
  ["requested", "recording", "paused"].includes(recording.state);

/** What the sign says beside its dot; while it runs, the time stands there. */
export function signed(recording: Recording): string {
  switch (recording.state) {
    case "requested":
      return t("Recording is about to begin");
    case "recording":
      return t("Recording");
    case "paused":
      return t("Recording paused");
    case "stopping":
    case "processing":
      return t("The copy is being made");
    case "ready":
      return t("The copy is there");
    case "failed":
      return t("The copy could not be made");
    case "off":
      return "";
  }
}

/** How long it has been recording, pauses left out, in milliseconds. */
export function ran(recording: Recording, now: number): number {
  const runs = recording.state === "recording" && recording.since !== null;
  return recording.before + (runs ? Math.max(0, now - (recording.since ?? now)) : 0);
}

/** What keeps it from being written, and what a host can do. */
export function troubled(trouble: NonNullable<DeskView["recording_trouble"]>): string {
  switch (trouble) {
    case "full":
      return t("The disk is full: nothing more is recorded. The talk goes on.");
    case "read_only":
      return t("The disk cannot be written to: nothing more is recorded. The talk goes on.");
    case "slow":
      return t("The disk is too slow: parts of the recording may be missing. The talk goes on.");
    case "broken":
      return t("The disk does not take the recording. The talk goes on.");
  }
}
