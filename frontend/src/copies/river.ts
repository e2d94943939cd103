import type { Chapter, Copy, Speaker } from "./api";

/** The copy of the design's room, for tests. */
const LENGTH = 5_050_000;
const NOUR = "Who speaks for the river when the town and the farmers both say they do?";

type Row = [id: string, n: number | null, title: string, asker: string | null, begins: number, votes: number];

const ROWS: Row[] = [
  ["opening", null, "Welcome", null, 0, 0],
  ["q1", 1, "Whose river was it before it was anyone’s?", "Marek T.", 260_000, 12],
  ["q2", 2, NOUR, "Nour Haddad", 1_085_000, 97],
  ["q3", 3, "If a river can sue, can it also be sued?", "Samuel Okafor", 2_020_000, 30],
  ["last", null, "Last words", null, 4_740_000, 0],
];

const chapters: Chapter[] = ROWS.map(([id, n, title, asker, begins, votes], at) => ({
  id,
  n,
  title,
  asker,
  votes: n === null ? null : votes,
  begins,
  ends: ROWS[at + 1]?.[4] ?? LENGTH,
  kind: n === null ? (at === 0 ? "opening" : "topic") : "answer",
  answer: n === null ? null : `/a/${id}`,
  hidden: false,
}));

const speaker = (number: number, name: string, spans: [number, number][]): Speaker => ({
  number,
  name,
  portrait: null,
  spans,
  talked: spans.reduce((sum, [begins, ends]) => sum + ends - begins, 0),
  track: `/files/t/${number}.flac`,
});

export const river: Copy = {
  copy: "river",
  room: "can-a-river-have-rights",
  title: "Can a river have rights?",
  host: "Aurélie Sandoz",
  host_person: "p1",
  language: "en",
  held_at: 1_763_661_600_000,
  length: LENGTH,
  heard_live: 1038,
  own: true,
  state: "ready",
  share: 1,
  part: null,
  failed: null,
  visibility: "published",
  may: ["edit", "publish", "clip", "delete", "tracks"],
  chapters,
  speakers: [
    speaker(1, "Nour Haddad", [[1_110_000, 1_140_000]]),
    speaker(2, "Ines Almeida", [[900_000, 1_000_000]]),
    speaker(3, "Aurélie Sandoz", [[0, 80_000]]),
    speaker(4, "Tomasz Wilk", [[1_300_000, 1_900_000]]),
    speaker(5, "Karim Tafrout", [[1_150_000, 1_290_000]]),
    speaker(6, "Samuel Okafor", []),
  ],
  transcript: [],
  files: [{ kind: "mp3", bytes: 58_000_000, url: "/files/river/room.mp3?until=1&sign=a" }],
  sound: "/files/river/room.m4a?until=1&sign=a",
  cover: null,
  wave: Array.from({ length: 5050 }, (_, second) => (second * 37) % 256),
  clips: [],
  open: [],
  left_out: { people: ["Pilar Ortega"], length: 80_000 },
  feed: "/h/p1/feed.xml",
  edits: { trim_begins: 0, trim_ends: 0, hidden: [] },
  withdrawals: [],
};
