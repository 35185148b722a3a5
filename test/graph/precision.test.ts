import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkGraph, formatFinding, Graph, GraphDocument, readYamlDocuments, Severity } from '../../src/graph';
import { readScenarios, withGoldens } from '../goldens';
import { workingSet } from './working-set';

/** Every error of every rule, as text. A rule that fails is an error of ours. */
function errorsOf(documents: readonly GraphDocument[]): string[] {
  const { findings, failures } = checkGraph(new Graph(documents));
  expect(failures).toEqual([]);
  return findings.filter(({ severity }) => severity === Severity.ERROR).map(formatFinding);
}

/**
 * What the controllers of AI Runway get wrong: pods without the label that their pool selects (IGW1201), and a flag for the port of the
 * endpoint picker, --epp-service-port, that moves the Service and not the picker (IGW1203). Requests fail there as well.
 */
const BROKEN = ['IGW1201', 'IGW1203'];

const asDocuments = (objects: readonly any[]): GraphDocument[] => objects.map((manifest) => ({ manifest, origin: {} }));
const filesIn = (folder: string, end: string) => readdirSync(folder).filter((file) => file.endsWith(end)).sort();
const json = (folder: string, file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));

test('a working set has no errors', () => {
  expect(errorsOf(asDocuments(workingSet()))).toEqual([]);
});

describe('the snapshots of the examples have no errors', () => {
  const examples = join(__dirname, '..', '..', 'examples');
  const folders = readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  test.each(folders)('%s', (name) => {
    const snapshot = join(examples, name, 'snapshot');
    const documents = filesIn(snapshot, '.yaml').flatMap((file) => readYamlDocuments(readFileSync(join(snapshot, file), 'utf8'), file).documents);
    expect(errorsOf(documents)).toEqual([]);
  });
});

withGoldens('what works in a cluster has no errors', (goldens) => {
  describe('objects that the controllers of AI Runway applied', () => {
    test.each(readScenarios(goldens).map(({ scenario, expected }) => [scenario, expected] as const))('%s', (_, expected) => {
      expect(errorsOf(asDocuments(expected)).filter((line) => !BROKEN.some((code) => line.includes(` ${code} `)))).toEqual([]);
    });
  });

  describe('objects that GPUStack applied', () => {
    const folder = join(goldens, 'gpustack');
    test.each(filesIn(folder, '.json'))('%s', (file) => {
      expect(errorsOf(asDocuments(objectsIn(json(folder, file).expected)))).toEqual([]);
    });
  });

  describe('charts of the Gateway API Inference Extension', () => {
    const folder = join(goldens, 'gaie-charts');
    test.each(filesIn(folder, '.json'))('%s', (file) => {
      expect(errorsOf(asDocuments(objectsIn(json(folder, file))))).toEqual([]);
    });
  });
});

/** The objects of a rendered chart, wherever they stand in the file. */
function objectsIn(value: any): any[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  return value.apiVersion && value.kind ? [value] : Object.values(value).flatMap(objectsIn);
}
