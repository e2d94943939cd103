// Brings every sentence of the page and every refusal of the server into locales/*.po; translations stay as they are.
// `node scripts/words.js` writes; `--check` only says whether something would change, or is not translated.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { po } from "gettext-parser";
import { unfound } from "./calls.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const locales = join(root, "locales");

function files(folder, ending) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((file) => file.isFile() && ending.test(file.name) && !/\.test\.ts$/.test(file.name))
    .map((file) => join(file.parentPath ?? file.path, file.name))
    .sort();
}

const STRING = String.raw`"((?:[^"\\]|\\.)*)"`;
const plain = (text) => JSON.parse(`"${text}"`);

// Python joins strings that stand one after another.
const ONE = String.raw`"(?:[^"\\]|\\.)*"`;
const STRINGS = String.raw`(${ONE}(?:\s*${ONE})*)`;
const joined = (strings) => plain(strings.replace(/"\s*"/g, "").slice(1, -1));

const SAID_BY_THE_SERVER = [
  String.raw`\bphrase\(\s*${STRINGS}`,
  String.raw`\bt\(\s*[\w.]+(?:\(\w+\))?,\s*${STRINGS}`,
  // Refusals: of a class, or where they are given.
  String.raw`\bcode, text = "[a-z._]+", \(?\s*${STRINGS}`,
  String.raw`^ +text = \(?\s*${STRINGS}`,
  String.raw`code="[a-z.]+", text=${STRINGS}`,
  String.raw`"code": "[a-z._]+", "text": ${STRINGS}`,
].map((where) => new RegExp(where, "gm"));
const COUNTED_BY_THE_SERVER = new RegExp(
  String.raw`\bcount\(\s*[\w.]+,\s*[\w.]+,\s*${STRINGS},\s*${STRINGS}`,
  "g",
);

/** Sentence → its plural, or null where it has none. */
function sentences() {
  const found = new Map();
  for (const file of files(join(root, "frontend/src"), /\.(svelte|ts)$/)) {
    const text = readFileSync(file, "utf8");
    for (const [, one] of text.matchAll(new RegExp(String.raw`\bt\(\s*${STRING}`, "g")))
      found.set(plain(one), null);
    const counted = new RegExp(String.raw`\bcount\(\s*[^"]*?${STRING},\s*${STRING}`, "g");
    for (const [, one, many] of text.matchAll(counted)) found.set(plain(one), plain(many));
    for (const [, one] of text.matchAll(new RegExp(String.raw`\btext: ${STRING}`, "g")))
      found.set(plain(one), null);
    for (const [, one] of text.matchAll(new RegExp(String.raw`\.fail\("[a-z.]+", ${STRING}`, "g")))
      found.set(plain(one), null);
    for (const [, one] of text.matchAll(new RegExp(String.raw`new Fault\(\s*"[a-z.]+",\s*${STRING}`, "g"))) {
      found.set(plain(one), null);
    }
  }
  for (const file of files(join(root, "src/causerie"), /\.py$/)) {
    const text = readFileSync(file, "utf8");
    for (const where of SAID_BY_THE_SERVER)
      for (const [, one] of text.matchAll(where)) found.set(joined(one), null);
    for (const [, one, many] of text.matchAll(COUNTED_BY_THE_SERVER)) found.set(joined(one), joined(many));
  }
  return found;
}

export function merged(catalogue, wanted, own) {
  const before = catalogue.translations[""] ?? {};
  const forms = Number(/nplurals=(\d)/.exec(catalogue.headers["Plural-Forms"] ?? "")?.[1] ?? 2);
  const now = { "": before[""] };
  for (const [sentence, plural] of [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const kept = before[sentence]?.msgstr;
    const empty = plural === null ? [""] : Array.from({ length: forms }, () => "");
    const english = plural === null ? [sentence] : [sentence, plural];
    now[sentence] = {
      msgid: sentence,
      ...(plural === null ? {} : { msgid_plural: plural }),
      msgstr: own ? english : (kept ?? empty),
    };
  }
  return { ...catalogue, translations: { "": now } };
}

/** Says which calls of the page say a sentence that nobody finds; gives how many. */
function lost() {
  let many = 0;
  for (const path of files(join(root, "frontend/src"), /\.(svelte|ts)$/)) {
    for (const { line, call } of unfound(readFileSync(path, "utf8"), { script: path.endsWith(".ts") })) {
      console.error(`${path.slice(root.length)}:${line}: its sentence has to stand in the call: ${call}`);
      many += 1;
    }
  }
  return many;
}

const check = process.argv.includes("--check");
const wanted = sentences();
const unsaid = lost();
let faults = unsaid;
for (const name of readdirSync(locales).filter((file) => file.endsWith(".po"))) {
  const path = join(locales, name);
  const before = readFileSync(path, "utf8");
  const catalogue = merged(po.parse(before), wanted, name === "en.po");
  const after = `${po.compile(catalogue, { foldLength: 0 }).toString("utf8").trimEnd()}\n`;
  const missing = Object.values(catalogue.translations[""]).filter(
    (entry) => entry.msgid && !entry.msgstr.every(Boolean),
  );
  for (const entry of missing) console.error(`${name}: not translated: ${entry.msgid}`);
  faults += missing.length;
  if (check && before !== after) {
    console.error(`${name} is not current: run scripts/npm.sh run words`);
    faults += 1;
  }
  if (!check) writeFileSync(path, after);
}
process.exitCode = (check ? faults : unsaid) > 0 ? 1 : 0;
