import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { KubeObject } from './kube-object';

/** The objects of each snapshot in a folder of tests: what the tests compare with is what the server gets. */
export function readSnapshots(folder: string): { name: string; objects: KubeObject[] }[] {
  const snapshots = path.join(folder, '__snapshots__');
  return fs.readdirSync(snapshots).sort().flatMap((file) => {
    const entries = require(path.join(snapshots, file)) as Record<string, string>;
    return Object.entries(entries).map(([title, text]) => ({ name: `${path.basename(file, '.test.ts.snap')}: ${title}`, objects: parse(text.trim()) }));
  });
}

/** Jest writes a text between quotes. */
function parse(text: string): KubeObject[] {
  return parseAllDocuments(text.slice(1, -1)).map((document) => document.toJS() as KubeObject);
}
