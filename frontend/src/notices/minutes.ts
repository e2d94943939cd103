// A minute of the day as a field for times has it.

export const written = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** The minute of "22:30"; what cannot be meant leaves it as it was. */
export function read(text: string, before: number): number {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(text) ?? [];
  return hours === undefined || minutes === undefined ? before : Number(hours) * 60 + Number(minutes);
}
