// Each built text file beside itself in brotli and gzip, so that the server never compresses while people wait.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const built = new URL("../../src/causerie/_web/assets", import.meta.url).pathname;
for (const name of readdirSync(built)) {
  const path = join(built, name);
  if (!/\.(js|css)$/.test(name) || statSync(path).size < 1024) continue;
  const text = readFileSync(path);
  writeFileSync(`${path}.br`, brotliCompressSync(text));
  writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
}
