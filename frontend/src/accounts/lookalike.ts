// Names that look like somebody else's. What is compared is what the eye takes in, not what was typed (UTS 39).

interface Named {
  person: string | null;
  name: string | null;
}

/** Letters that are drawn like a Latin one, by the one they are drawn like. */
const DRAWN_LIKE: Record<string, string> = {
  a: "аɑαΑА",
  b: "ВΒЬ",
  c: "сϲСⅽ",
  d: "ԁⅾ",
  e: "еЕΕҽ",
  g: "ɡց",
  h: "һНΗհ",
  j: "јЈյϳ",
  k: "кКκΚ",
  l: "iI1|ıіІӏӀιΙןاⅼⅰ",
  m: "мМΜⅿ",
  n: "ոпΝ",
  o: "оОοΟօ0ס٥ہ",
  p: "рРρΡ",
  q: "ԛ",
  s: "ѕЅ",
  t: "тТτΤ",
  u: "υսц",
  v: "νѵⅴ",
  w: "ԝѡ",
  x: "хХχΧⅹ",
  y: "уУγΥүҮ",
  z: "Ζ",
};
const LATIN = new Map(
  Object.entries(DRAWN_LIKE).flatMap(([latin, like]) => [...like].map((one) => [one, latin])),
);

/** A name as the eye takes it in: two that look the same give the same. */
export function outline(name: string): string {
  const drawn = [...name.normalize("NFKD")].map((letter) => LATIN.get(letter) ?? letter).join("");
  const plain = [...drawn.toLowerCase()].map((letter) => LATIN.get(letter) ?? letter).join("");
  const letters = plain.replace(/[\u0300-\u036f]|[^\p{L}\p{M}\p{N}]/gu, "");
  return letters.replaceAll("rn", "m").replaceAll("vv", "w") || name;
}

/** Whether somebody is called like the host, or like another who is on stage, and is somebody else. */
export function namedLike(one: Named, host: Named, seats: readonly Named[]): "host" | "speaker" | null {
  if (one.name === null || one.person === null) return null;
  const looks = outline(one.name);
  const like = (other: Named) => other.person !== one.person && outline(other.name ?? "") === looks;
  if (one.person !== host.person && like(host)) return "host";
  const own = seats.findIndex((seat) => seat.person === one.person);
  // Of two on stage who came first keeps the name.
  return seats.slice(0, own < 0 ? undefined : own).some(like) && one.person !== host.person
    ? "speaker"
    : null;
}
