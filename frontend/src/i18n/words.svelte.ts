/** What the page says, in the reader's language. The English sentence is the key; a missing one stays English. */

import { formatter } from "./formatters";

type Catalogue = Record<string, string[]>;
type Given = Record<string, string | number>;

const CATEGORIES: Intl.LDMLPluralRule[] = ["zero", "one", "two", "few", "many", "other"];
const RTL = new Set(["ar", "fa", "he", "ur"]);
const PLACE = "causerie.language";
/** In which the first page is shown: until then the line is left to it. */
const FIRST_SHOWN_MS = 300;

type Load = () => Promise<{ default: Catalogue }>;

// What the pages say that one comes in by, and all the rest (`vite.config.ts`).
const firsts = import.meta.glob<{ default: Catalogue }>("../../../locales/*.po");
const rests = import.meta.glob<{ default: Catalogue }>("../../../locales/*.po", { query: "?rest" });
const byLanguage = new Map<string, { first: Load; rest: Load }>(
  Object.entries(firsts).map(([path, first]) => [
    path.replace(/^.*\/(\w+)\.po$/, "$1"),
    { first, rest: rests[path] ?? first },
  ]),
);

class Language {
  code = $state("en");
  words = $state.raw<Catalogue>({});
}

const language = new Language();

/** The languages that can be chosen. */
export const languages = [...byLanguage.keys()];

/** The reader's language: asked for in the address, their account's, chosen here before, or the browser's. */
export function preferred(
  address: string,
  own: string | null,
  stored: string | null,
  browser: readonly string[],
): string {
  const asked = new URLSearchParams(address).get("lang");
  const wanted = [asked, own, stored, ...browser].map((tag) => tag?.split("-")[0]);
  return wanted.find((code) => code !== undefined && byLanguage.has(code)) ?? "en";
}

/** Load a language and speak it from now on. */
export async function speak(code: string): Promise<void> {
  const rest = restOf(code);
  await begin(code);
  add(code, await rest);
}

/** Speak a language as soon as the words of the first page are here. */
async function begin(code: string): Promise<void> {
  // English is what the page is written in: there is nothing to fetch, and nothing to wait for.
  const said = code === "en" ? undefined : byLanguage.get(code);
  language.words = said ? (await said.first()).default : {};
  language.code = code;
  document.documentElement.lang = code;
  document.documentElement.dir = RTL.has(code) ? "rtl" : "ltr";
}

async function restOf(code: string): Promise<Catalogue> {
  const said = code === "en" ? undefined : byLanguage.get(code);
  return said ? (await said.rest()).default : {};
}

/** The rest of its words, unless another is spoken meanwhile. */
function add(code: string, rest: Catalogue): void {
  if (language.code === code) language.words = { ...language.words, ...rest };
}

/** Speak the reader's language. `own`: their account's, where it is known. `atOnce`: the page that is opened says only
    what is said first, and its other words may come while it is read. */
export async function speakPreferred(own: string | null, atOnce = false): Promise<void> {
  const code = preferred(location.search, own, localStorage.getItem(PLACE), navigator.languages);
  if (code === language.code) return;
  if (!atOnce) return speak(code);
  await begin(code);
  // Without a line the sentences that are missing stay English; nothing else waits for them.
  const goOn = () =>
    restOf(code).then(
      (rest) => add(code, rest),
      () => undefined,
    );
  setTimeout(goOn, FIRST_SHOWN_MS);
}

/** Speak it from now on, also when one is nobody in this browser. */
export async function choose(code: string): Promise<void> {
  localStorage.setItem(PLACE, code);
  await speak(code);
}

export const spoken = (): string => language.code;

/** A sentence, with what stands in {braces} filled in. */
export function t(sentence: string, given: Given = {}): string {
  return filled(language.words[sentence]?.[0] ?? sentence, given);
}

/** A number in the reader's digits. */
export const number = (n: number): string => formatter(Intl.NumberFormat, language.code).format(n);

/** A sentence about `n` things: `one` where it is one, else `many`, and what the language has besides. */
export function count(n: number, one: string, many: string, given: Given = {}): string {
  const forms = language.words[one];
  const shown = { n, ...given };
  if (forms === undefined) return filled(n === 1 ? one : many, shown);
  return filled(forms[form(n, forms.length)] ?? forms.at(-1) ?? many, shown);
}

/** Which of a language's plural forms: two forms are one and many, six are Unicode's categories in their order. */
function form(n: number, forms: number): number {
  const category = formatter(Intl.PluralRules, language.code).select(n);
  return forms === 6 ? CATEGORIES.indexOf(category) : Number(category !== "one");
}

function filled(sentence: string, given: Given): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const put = given[name];
    return typeof put === "number" ? number(put) : (put ?? whole);
  });
}
