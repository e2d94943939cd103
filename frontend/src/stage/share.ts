import type { Seat } from "$/live/protocol";

/** How much of all talk one person had, in whole per cent. */
export interface Share {
  person: string;
  name: string;
  spoken: number;
  percent: number;
}

const SHOWN = 4;

/** Who had the word how long, longest first; `rest` is everybody beyond the first few, and who is not on stage any more. */
export function shares(
  spoken: Record<string, number>,
  seats: Seat[],
): { first: Share[]; rest: { people: number; spoken: number; percent: number } } {
  const all = Object.entries(spoken).filter(([, time]) => time > 0);
  const whole = all.reduce((sum, [, time]) => sum + time, 0);
  const names = new Map(seats.map((seat) => [seat.person, seat.name]));
  const first = all
    .filter(([person]) => names.has(person))
    .sort(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
    .map(([person, time]) => ({
      person,
      name: names.get(person) ?? "",
      spoken: time,
      percent: Math.round((100 * time) / whole),
    }));
  const others = whole - first.reduce((sum, share) => sum + share.spoken, 0);
  const percent = whole === 0 ? 0 : Math.round((100 * others) / whole);
  return { first, rest: { people: all.length - first.length, spoken: others, percent } };
}
