// Finds what the page says outside the PO files: text in a template, a label of an attribute, a sentence in the code.
// `npm run check` fails on each. What is said goes through `t` or `count` (`src/i18n/words.svelte.ts`).
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { po } from "gettext-parser";
import { parse } from "svelte/compiler";
import { children } from "./calls.js";

const LABELS = new Set([
  ...["aria-label", "aria-description", "aria-roledescription", "title", "placeholder", "alt", "label"],
  ...["text", "hint", "says", "heading"], // of components
]);
/** What is a name, or the same in every language. */
const NAMES = new Set(["causerie", "REC", "FLAC", "MP3", "SQLite", "PostgreSQL"]);
const ADDRESS = /https?:\/\/\S*|\S+\.\p{L}\S*/gu;
const LETTERS = /\p{L}{2,}/u;
const SENTENCE = /^(?:\p{Lu}[\p{Ll}’']+|[AI]|\{\w+\})[ ,:]+[\p{L}’'{}().,:?!-]{2,}/u;
const SAYS = new Set(["t", "count"]);

const isSaid = (text) =>
  text
    .replace(ADDRESS, "")
    .split(/[^\p{L}\p{N}]+/u)
    .some((word) => LETTERS.test(word) && !NAMES.has(word));

/** Every sentence that is a key of the PO files. */
export function known(path) {
  const entries = Object.values(po.parse(readFileSync(path)).translations[""] ?? {});
  return new Set(entries.flatMap((entry) => [entry.msgid, entry.msgid_plural ?? entry.msgid]));
}

/** What a file says outside of them: line and text. */
export function outside(source, { script, keys }) {
  const found = [];
  const svelte = script ? `<script lang="ts">${source}</script>` : source;
  const line = (at) => svelte.slice(0, at).split("\n").length;
  const tell = (node, text) => found.push({ line: line(node.start), text: text.trim() });
  const { fragment, instance, module } = parse(svelte, { modern: true });
  inMarkup(fragment, tell);
  for (const part of [fragment, instance?.content, module?.content]) if (part) inCode(part, keys, tell);
  return found.filter(
    (one, n) => found.findIndex((other) => other.line === one.line && other.text === one.text) === n,
  );
}

/** Text between tags, and words of labels, whether they stand there plainly or in an expression. */
function inMarkup(node, tell) {
  if (node.type === "Text" && isSaid(node.data)) tell(node, node.data);
  if (node.type === "ExpressionTag") literals(node.expression, tell);
  if (node.type === "Attribute")
    return LABELS.has(node.name) ? values(node).forEach((one) => inMarkup(one, tell)) : undefined;
  if (/(?:Directive|AttachTag)$/.test(node.type)) return undefined;
  if (node.type === "RegularElement" && ["code", "style", "script"].includes(node.name)) return undefined;
  return children(node).forEach((child) => inMarkup(child, tell));
}

const values = (attribute) => (attribute.value === true ? [] : [attribute.value].flat());

/** What an expression would show as it stands: not what is compared, looked up, or given to a function. */
function literals(node, tell) {
  switch (node?.type) {
    case "Literal":
      return typeof node.value === "string" && isSaid(node.value) ? tell(node, node.value) : undefined;
    case "TemplateLiteral":
      node.quasis.forEach((one) => isSaid(one.value.raw) && tell(one, one.value.raw));
      return node.expressions.forEach((one) => literals(one, tell));
    case "ConditionalExpression":
      return [node.consequent, node.alternate].forEach((one) => literals(one, tell));
    case "LogicalExpression":
      return [node.left, node.right].forEach((one) => literals(one, tell));
    case "BinaryExpression":
      return node.operator === "+"
        ? [node.left, node.right].forEach((one) => literals(one, tell))
        : undefined;
    default:
      return undefined;
  }
}

/** Sentences anywhere in the code: each is a key, wherever it is handed on from. */
function inCode(node, keys, tell) {
  if (node.type === "CallExpression" && SAYS.has(node.callee.name)) {
    node.arguments.filter((one) => one.type !== "Literal").forEach((one) => inCode(one, keys, tell));
    return;
  }
  if (node.type === "NewExpression" && node.callee.name === "Error") return;
  const text = node.type === "Literal" ? node.value : node.type === "TemplateElement" ? node.value.raw : "";
  if (typeof text === "string" && SENTENCE.test(text) && !keys.has(text)) tell(node, text);
  children(node).forEach((child) => inCode(child, keys, tell));
}

function main() {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const keys = known(join(root, "locales/en.po"));
  const sources = readdirSync(join(root, "frontend/src"), { withFileTypes: true, recursive: true })
    .filter(
      (file) =>
        file.isFile() && /\.(svelte|ts)$/.test(file.name) && !/\.test\.ts$|^river\.ts$/.test(file.name),
    ) // an evening made up for tests
    .map((file) => join(file.parentPath ?? file.path, file.name));
  let faults = 0;
  for (const path of sources.sort()) {
    const said = outside(readFileSync(path, "utf8"), { script: path.endsWith(".ts"), keys });
    for (const { line, text } of said)
      console.error(`${path.slice(root.length)}:${line}: outside the PO files: ${text}`);
    faults += said.length;
  }
  process.exitCode = faults > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
