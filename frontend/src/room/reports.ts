import type { RoomView, Report } from "$/live/protocol";
import { t } from "$/i18n/words.svelte";

export type Grounds = Report["grounds"];

/** Why something is reported, in words. */
export function grounds(): Record<Grounds, string> {
  return {
    insults: t("Insults or harassment"),
    hate: t("Hatred against a group"),
    threats: t("Threats or violence"),
    private: t("Somebody’s private details"),
    deception: t("Pretending to be somebody else"),
    spam: t("Advertising or disruption"),
    other: t("Something else"),
  };
}

/** What one can report: [kind and id, what it is called]. Who is not seen here cannot be chosen. */
export function reportable(room: RoomView | null): {
  people: [string, string][];
  questions: [string, string][];
} {
  if (room === null) return { people: [], questions: [] };
  const asked = room.questions.flatMap(({ person, name }): [string, string][] =>
    person !== null && name !== null ? [[person, name]] : [],
  );
  const people = new Map([
    ...room.seats.map((seat): [string, string] => [seat.person, seat.name]),
    [room.host_person, room.host],
    ...asked,
  ]);
  return {
    people: [...people].map(([id, name]) => [`person ${id}`, name]),
    questions: room.questions.map(({ id, text }) => [`question ${id}`, text]),
  };
}
