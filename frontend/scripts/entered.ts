// Which sentences the pages say that people come in by: home and a room. Their words come before the page, all others after.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCE = fileURLToPath(new URL("../src", import.meta.url));
// What home, a room's door and its listeners show at once, in parts of their own.
const AT_ONCE = [
  "home/HomePage.svelte",
  "room/RoomPage.svelte",
  "answers/WorthHearing.svelte",
  "room/Knock.svelte",
  "plan/TakingPart.svelte",
  "notices/RemindMe.svelte",
  "room/Listener.svelte",
];
const IMPORTED = /^\s*import\s(?!type\b)[^;]*?from\s+"([^"]+)"/gm;
const STRING = /"((?:[^"\\\n]|\\.)*)"/g;

/** The files of a part of the page that are there before it runs. */
export function partOf(page: string): Set<string> {
  return reached([join(SOURCE, page)]);
}

/** Every string in the files that are there with the first page, among which its sentences are. */
export function entered(): Set<string> {
  const strings = new Set<string>();
  for (const file of reached(["main.ts", ...AT_ONCE].map((name) => join(SOURCE, name)))) {
    for (const [, text] of readFileSync(file, "utf8").matchAll(STRING)) strings.add(unescaped(text ?? ""));
  }
  return strings;
}

/** These files, and all that they import before they run. */
function reached(begun: string[]): Set<string> {
  const seen = new Set<string>();
  for (const waiting = [...begun]; waiting.length > 0;) {
    const file = waiting.pop() ?? "";
    if (seen.has(file)) continue;
    seen.add(file);
    for (const [, name] of readFileSync(file, "utf8").matchAll(IMPORTED)) {
      const found = placeOf(name ?? "", file);
      if (found) waiting.push(found);
    }
  }
  return seen;
}

function placeOf(name: string, from: string): string | undefined {
  const path = name.startsWith("$/") ? join(SOURCE, name.slice(2)) : join(dirname(from), name);
  return [path, `${path}.ts`].find((one) => /\.(ts|svelte)$/.test(one) && existsSync(one));
}

function unescaped(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}
