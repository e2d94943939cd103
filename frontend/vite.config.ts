import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { po } from "gettext-parser";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { entered, partOf } from "./scripts/entered.ts";

/** A language's PO file as two modules, English sentence to translation, plural forms as a list: what the pages say that
    one comes in by (`x.po`), and all the rest (`x.po?rest`). */
function catalogues(): Plugin {
  const first = entered();
  return {
    name: "catalogues",
    load(id) {
      const [file, query] = id.split("?");
      if (!file?.endsWith(".po")) return null;
      const parsed = po.parse(readFileSync(file));
      const words: Record<string, string[]> = {};
      for (const [sentence, entry] of Object.entries(parsed.translations[""] ?? {})) {
        if (first.has(sentence) === (query === "rest")) continue;
        // Where forms are counted otherwise than in English they stay: in French none is one (« 0 vote »).
        const said = entry.msgstr.length === 1 && entry.msgstr[0] === entry.msgid;
        if (sentence && !said && entry.msgstr.every(Boolean)) words[sentence] = entry.msgstr;
      }
      return `export default ${JSON.stringify(words)}`;
    },
  };
}

// By home and by a room people come in: what every page needs comes in the first file, what both of them need, too.
const [every, home, room] = ["main.ts", "home/HomePage.svelte", "room/RoomPage.svelte"].map(partOf);
const shared = /[\\/]node_modules[\\/](svelte|esm-env|clsx)[\\/]|preload-helper/;
const isFirst = (id: string) => shared.test(id) || every?.has(id) || (home?.has(id) && room?.has(id));

export default defineConfig({
  plugins: [svelte(), catalogues()],
  resolve: {
    alias: { $: fileURLToPath(new URL("./src", import.meta.url)) },
    ...(process.env.VITEST ? { conditions: ["browser"] } : {}),
  },
  build: {
    outDir: "../src/causerie/_web",
    emptyOutDir: true,
    // The first with light-dark(), which must reach the browser as it is: it follows color-scheme where it is used.
    target: ["chrome123", "firefox121", "safari17.5"],
    modulePreload: { polyfill: false },
    // The pages of answers and of trust are written by the server: it finds here how their script and style sheet are called.
    manifest: "built.json",
    rolldownOptions: {
      input: { index: "index.html", answer: "src/answer/answer.ts", trust: "src/trust/trust.ts" },
      // What every page needs is one file, and so is the rest of home and of a room: over HTTP/1.1 each further one
      // waits for its turn.
      output: {
        codeSplitting: {
          groups: [
            { name: "first", test: isFirst },
            { name: "home", test: (id) => home?.has(id) },
            { name: "room", test: (id) => room?.has(id) },
          ],
        },
      },
    },
  },
  server: {
    proxy: { "/api": "http://127.0.0.1:8420", "/live": { target: "ws://127.0.0.1:8420", ws: true } },
  },
  test: { include: ["src/**/*.test.ts", "scripts/*.test.js"], environment: "happy-dom" },
});
