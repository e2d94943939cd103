const PAPERS = 6;

/** One of six papers for somebody without a picture, the same each time. */
export function paper(name: string): string {
  const sum = [...name].reduce(
    (all, sign) => Math.imul(all ^ (sign.codePointAt(0) ?? 0), 0x01000193),
    0x811c9dc5,
  );
  return `var(--mono-${((sum >>> 8) % PAPERS) + 1})`;
}

/** First letters of the first and the last name. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...(word ?? "")][0]?.toLocaleUpperCase() ?? "").join("");
}

/** A drawn cover for a room without one, the same each time. */
export function cover(room: { room: string; cover: string | null }): string {
  if (room.cover !== null) return room.cover;
  const drawn = ["river", "night", "bread", "books", "letters", "bees", "train"];
  const sum = [...room.room].reduce((all, sign) => all + sign.charCodeAt(0), 0);
  return `/art/c-${drawn[sum % drawn.length]}.svg`;
}
