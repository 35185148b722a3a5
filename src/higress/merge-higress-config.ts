import type { Node, YAMLMap } from 'yaml';
import type { Mistake } from '../core';

const FIELD = 'data.higress';

/**
 * A text of `data.higress` with the settings in it, or what keeps it from being one. What is equal already is not touched, also when it is
 * written another way, as `"3"` for 3: GPUStack compares texts.
 */
export function mergeHigressConfig(text: string, settings: Readonly<Record<string, Readonly<Record<string, number>>>>): string | Mistake[] {
  const { isAlias, isMap, parseAllDocuments } = require('yaml') as typeof import('yaml');
  const [document, ...others] = [...parseAllDocuments(text, { version: '1.1', logLevel: 'error' })];
  const [error] = [...(document?.errors ?? []), ...others.flatMap(({ errors }) => errors)];
  if (error) return [mistake(FIELD, undefined, `is not YAML: ${error.message.split('\n')[0].replace(/:$/, '')}`, 'correct the text')];
  if (others.length > 0) return [mistake(FIELD, undefined, `holds ${others.length + 1} documents`, 'leave one of them')];
  if (!document?.contents || (document.contents as Node).toJSON() === null) return [mistake(FIELD, text, 'is empty', 'write `downstream: {}`, or render the whole ConfigMap')];
  if (!isMap(document.contents)) return [mistake(FIELD, document.contents.toJSON(), 'is not a map', 'write the sections below it: `downstream:`, `upstream:`')];

  const mistakes: Mistake[] = [];
  let changed = false;
  for (const [section, values] of Object.entries(settings)) {
    const node = document.get(section, true) as Node | undefined;
    const target = isAlias(node) ? node.resolve(document) : node;
    if (document.has(section) && !isMap(target)) {
      const value = (target as Node | undefined)?.toJSON();
      mistakes.push(mistake(`${FIELD}.${section}`, value ?? null, 'is not a map', `remove \`${section}\`, or write its fields below it`));
      continue;
    }
    const wanted = Object.entries(values).filter(([key, value]) => !isSame((target as YAMLMap | undefined)?.get(key), value));
    if (wanted.length === 0) continue;
    changed = true;
    // A section that was an alias of another one is written out, since that one must stay as it is.
    if (target === undefined || isAlias(node)) document.set(section, document.createNode({ ...target?.toJSON() }));
    for (const [key, value] of wanted) document.setIn([section, key], value);
  }
  if (mistakes.length > 0) return mistakes;
  return changed ? document.toString({ lineWidth: 0, flowCollectionPadding: /[{[] /.test(text) }) : text;
}

function isSame(present: unknown, wanted: number): boolean {
  return present !== undefined && present !== null && String(present) === String(wanted);
}

function mistake(field: string, value: unknown, problem: string, fix: string): Mistake {
  return { code: 'IGW737', field, ...(value === undefined ? {} : { value }), problem, fix };
}
