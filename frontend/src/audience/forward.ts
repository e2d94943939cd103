import type { RoomView } from "$/live/protocol";

/** Who of the audience stepped forward: whoever asks under their name. Those on stage are seen there. */
export function forward(room: RoomView): [person: string, name: string][] {
  const seated = new Set(room.seats.map((seat) => seat.person));
  const asked = room.questions.flatMap(({ person, name, state }): [string, string][] =>
    state === "open" && person !== null && name !== null && !seated.has(person) ? [[person, name]] : [],
  );
  return [...new Map(asked)];
}
