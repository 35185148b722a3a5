/* The floor: the same bytes from objects that are ready, through a small emitter that knows just what these objects need. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOf, nameOf, namespaceOf } from './scene';

const [models, outdir, template] = process.argv.slice(2);
const objects: unknown[] = JSON.parse(readFileSync(template, 'utf8'));
mkdirSync(outdir, { recursive: true });
for (let index = 0; index < Number(models); index++) {
  const [name, namespace] = [nameOf(index), namespaceOf(index)];
  const ready = copyOf(objects, name, namespace) as object[];
  writeFileSync(join(outdir, `${namespace}.${name}.k8s.yaml`), ready.map((object) => fieldsOf(object, '', '')).join('---\n'));
}

function fieldsOf(map: object, indent: string, first: string): string {
  let text = '';
  for (const [key, value] of Object.entries(map)) {
    text += `${text ? indent : first}${key}:`;
    if (typeof value !== 'object') text += ` ${scalarOf(value, `${indent}  `)}\n`;
    else if (Array.isArray(value)) text += value.length === 0 ? ' []\n' : `\n${itemsOf(value, `${indent}  `)}`;
    else text += Object.keys(value).length === 0 ? ' {}\n' : `\n${fieldsOf(value, `${indent}  `, `${indent}  `)}`;
  }
  return text;
}

function itemsOf(list: readonly unknown[], indent: string): string {
  let text = '';
  for (const item of list) {
    text += typeof item === 'object' ? fieldsOf(item!, `${indent}  `, `${indent}- `) : `${indent}- ${scalarOf(item, `${indent}  `)}\n`;
  }
  return text;
}

function scalarOf(value: unknown, indent: string): string {
  if (typeof value !== 'string') return String(value);
  if (value.includes('\n')) return `|\n${indent}${value.slice(0, -1).replace(/\n+/g, `$&${indent}`)}`;
  return /^[A-Za-z/-]/.test(value) && !/^(true|false)$/.test(value) && !value.includes(': ') && !/^- |^-$/.test(value) || /^\d.*[^\d]/.test(value) ? value : `"${value}"`;
}
