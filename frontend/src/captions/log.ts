import type { CaptionLine } from "$/live/protocol";

/** The log with what was typed since; `last` are the room's last lines, of which some stand in the log already. */
export function withNew(log: CaptionLine[], last: CaptionLine[]): CaptionLine[] {
  const end = log.at(-1);
  const known = end === undefined ? -1 : last.findLastIndex((line) => same(line, end));
  return known === last.length - 1 ? log : [...log, ...last.slice(known + 1)];
}

const same = (a: CaptionLine, b: CaptionLine) => a.at === b.at && a.text === b.text;
