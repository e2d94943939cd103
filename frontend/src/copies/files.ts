import { t } from "$/i18n/words.svelte";
import type { CopyFile, FileKind } from "./api";

/** What is handed on first, and what lies behind "More files". */
export const FIRST: FileKind[] = ["mp3", "m4a", "mp4", "kit"];
export const MORE: FileKind[] = ["vtt", "srt", "json", "chapters", "notes", "table", "questions"];

/** What a file is called, is for, and looks like. */
export function described(kind: FileKind): { name: string; use: string; icon: string } {
  const all: Record<FileKind, { name: string; use: string; icon: string }> = {
    mp3: { name: "MP3", use: t("to send and to keep, with chapters"), icon: "file-audio" },
    m4a: { name: "M4A", use: t("smaller, for phones"), icon: "file-audio" },
    mp4: { name: "MP4", use: t("the cover and the questions, for video platforms"), icon: "file-video" },
    kit: { name: t("Press kit"), use: t("sound, transcript, cover, notes, checksums"), icon: "package" },
    vtt: { name: "VTT", use: t("transcript for players on the web"), icon: "captions" },
    srt: { name: "SRT", use: t("transcript for video programs"), icon: "captions" },
    json: { name: "JSON", use: t("transcript for other programs"), icon: "captions" },
    notes: { name: t("Show notes"), use: t("text with chapters, for where you post it"), icon: "text-quote" },
    chapters: { name: t("Chapters"), use: t("for podcast apps and other programs"), icon: "text-quote" },
    questions: { name: t("Questions"), use: t("for other programs, without who voted"), icon: "text-quote" },
    table: { name: t("Questions"), use: t("a table, without who voted"), icon: "text-quote" },
  };
  return all[kind];
}

/** The files of these kinds that are there, in this order. */
export const among = (files: CopyFile[], kinds: FileKind[]): CopyFile[] =>
  kinds.flatMap((kind) => files.filter((one) => one.kind === kind));
