import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkGraph, formatFinding, Graph, GraphDocument, GraphObject, readYamlDocuments, Severity } from '../../src/graph';
import { Suite } from './expectations';

export interface SuiteResult {
  readonly suite: Suite;
  /** Test files that were read. */
  readonly files: number;
  /** Objects of the tests, without those of the base. */
  readonly objects: number;
  /** Objects that a test expects to be refused and that the manifests decide. */
  readonly refused: number;
  /** Of those, the ones with an error, each with the codes of its errors. */
  readonly found: readonly { readonly test: string; readonly object: string; readonly condition: string; readonly codes: readonly string[] }[];
  /** Objects expected to be refused without an error. */
  readonly missed: readonly string[];
  /** Errors on objects that the suite expects to be accepted, as text. */
  readonly wrong: readonly string[];
  /** What cannot be right: a test or object that the manifests do not have, a rule that failed. */
  readonly broken: readonly string[];
}

/** Every test of a suite: its base, what its code creates, and the file of the test. */
export function runSuite(suite: Suite, folder: string): SuiteResult {
  const directory = join(folder, suite.folder);
  const files = readdirSync(directory).filter((file) => file.startsWith('tests-') && file.endsWith('.yaml')).sort();
  const base = [...read(directory, suite.base), ...suite.created.map(createdObject)];
  const result = { suite, files: files.length, objects: 0, refused: 0, found: [] as SuiteResult['found'][number][], missed: [] as string[], wrong: [] as string[], broken: [] as string[] };
  for (const test of Object.keys(suite.tests)) {
    if (!existsSync(join(directory, `tests-${test}.yaml`))) result.broken.push(`${test}: there is no such test`);
  }
  for (const file of files) {
    const test = file.slice('tests-'.length, -'.yaml'.length);
    const documents = read(directory, file);
    const graph = new Graph([...base, ...documents], { closed: !suite.open.test(file) });
    const { findings, failures } = checkGraph(graph);
    failures.forEach(({ code, error }) => result.broken.push(`${test}: ${code} failed: ${(error as Error).stack}`));
    const errors = findings.filter(({ severity }) => severity === Severity.ERROR);
    const { refused = [], undecidable = [] } = suite.tests[test] ?? {};
    const left = new Set(errors);
    result.objects += documents.length;
    for (const one of refused) {
      const objects = graph.objects.filter((object) => isNamed(object, one));
      if (objects.length === 0) result.broken.push(`${test}: there is no ${one.kind} ${one.name}`);
      const own = errors.filter(({ object }) => isNamed(object, one));
      own.forEach((error) => left.delete(error));
      result.refused += 1;
      const object = `${one.kind} ${one.name}`;
      if (own.length === 0) result.missed.push(`${test}: ${object} (${one.condition})`);
      else result.found.push({ test, object, condition: one.condition, codes: [...new Set(own.map(({ code }) => code))] });
    }
    for (const error of left) if (!undecidable.some((one) => isNamed(error.object, one))) result.wrong.push(`${test}: ${formatFinding(error)}`);
  }
  return result;
}

function isNamed(object: GraphObject, { kind, name }: { readonly kind: string; readonly name: string }): boolean {
  return object.kind === kind && object.name === name;
}

function read(directory: string, file: string): readonly GraphDocument[] {
  const { documents, unread } = readYamlDocuments(readFileSync(join(directory, file), 'utf8'), file);
  if (unread.length > 0) throw new Error(`${file}: line ${unread[0].line}: ${unread[0].problem}`);
  return documents;
}

/** What the suite's code creates; certificates are made anew in every run, so they are left empty. */
function createdObject({ kind, namespace, name }: Suite['created'][number]): GraphDocument {
  return { manifest: { apiVersion: 'v1', kind, metadata: { name, namespace }, ...(kind === 'ConfigMap' ? { data: { 'ca.crt': '' } } : {}) }, origin: {} };
}
