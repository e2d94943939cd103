import type { Question, RoomView } from "$/live/protocol";

const WAITS: Question["state"][] = ["open", "next", "carried_over"];

/** Whom of those who stepped forward this page knows: they ask under their name. Those on stage are seen there. */
export function forward(room: RoomView): [person: string, name: string][] {
  const seated = new Set(room.seats.map((seat) => seat.person));
  const asked = room.questions.flatMap(({ person, name, state }): [string, string][] =>
    WAITS.includes(state) && person !== null && name !== null && !seated.has(person) ? [[person, name]] : [],
  );
  return [...new Map(asked)];
}
