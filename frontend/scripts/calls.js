// What the page says is gathered from the first word of `t`, and the two of `count`: each stands there as it is read,
// or is a sentence that is gathered where it is given (a refusal, a deed of the log). Any other call would never be translated.
import { parse } from "svelte/compiler";

/** What a sentence is called that comes from elsewhere: of a refusal, of an answer, of the log. */
const GIVEN = new Set(["message", "text", "sentence", "says", "itself", "failed_text"]);
const PLACES = { t: [0], count: [1, 2] };

/** The calls of a file whose sentence nobody finds: line and call. */
export function unfound(source, { script }) {
  const opening = '<script lang="ts">';
  const svelte = script ? `${opening}${source}</script>` : source;
  const found = [];
  const { fragment, instance, module } = parse(svelte, { modern: true });
  for (const part of [fragment, instance?.content, module?.content]) if (part) look(part, found);
  return found.map((node) => ({
    line: svelte.slice(0, node.start).split("\n").length,
    call: svelte.slice(node.start, node.end),
  }));
}

function look(node, found) {
  const places = node.type === "CallExpression" ? PLACES[node.callee.name] : undefined;
  if (places && !places.every((place) => isFound(node.arguments[place], node.callee.name))) found.push(node);
  children(node).forEach((child) => look(child, found));
}

function isFound(node, says) {
  if (node?.type === "Literal") return typeof node.value === "string";
  return says === "t" && node?.type === "MemberExpression" && !node.computed && GIVEN.has(node.property.name);
}

/** The parts of a piece of a program or of a template. */
export function children(node) {
  return Object.entries(node)
    .filter(([name]) => name !== "parent" && name !== "metadata" && name !== "loc")
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter((value) => typeof value === "object" && value !== null && typeof value.type === "string");
}
