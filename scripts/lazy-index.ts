/*
 * A part of `npm run compile`: has the compiled entry point load a folder of the library when one of its classes is first asked for, and not
 * all of them when the library is imported. The compiler can not: it makes a plain `require` of each `export … from`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const REQUIRE = /^(?:var|const) (\w+) = require\("(\.[^"]+)"\);$/gm;

/**
 * The entry point with folders that load themselves. The lines of the exports stay as the compiler wrote them: from these, Node knows what
 * `import { … }` finds in a CommonJS module.
 */
export function lazyIndex(code: string): string {
  const lazy = code.replace(REQUIRE, 'var $1 = new Proxy({}, { get: (_, name) => require("$2")[name] });');
  const eager = lazy.split('\n').filter((line) => line.includes('require(') && !line.includes('new Proxy(') && !/^require\("[^"]+"\);$/.test(line));
  if (eager.length > 0) throw new Error(`the compiler wrote lines that scripts/lazy-index.ts does not know: ${eager.join('\n')}`);
  return lazy;
}

if (require.main === module) {
  const file = join(__dirname, '..', 'lib', 'src', 'index.js');
  writeFileSync(file, lazyIndex(readFileSync(file, 'utf8')));
}
