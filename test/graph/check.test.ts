import { checkGraph, formatFinding, GraphRule, Problem, RuleFamily, Severity } from '../../src/graph';
import { IGNORE_ANNOTATION, parseMutes } from '../../src/graph/mutes';
import { graphOf } from './lint';

function ruleOf(code: string, check: GraphRule['check']): GraphRule {
  return { code, title: '', family: RuleFamily.NAMES, severity: Severity.ERROR, symptom: '', breaks: '', source: '', check };
}

const everyName = ruleOf('IGW1001', (graph) => graph.objects.map((object): Problem => (
  { object, field: ['metadata', 'name'], value: object.name, problem: 'is a name', allowed: 'none', fix: 'remove it' })));

const YAML = ['b', 'a'].map((name) => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n`).join('---\n');

test('findings come in the order of the file, with their places', () => {
  const { findings } = checkGraph(graphOf(YAML), { rules: [everyName] });
  expect(findings.map(formatFinding)).toEqual([
    'Service default/b (test.yaml:4:3): IGW1001 metadata.name is "b": is a name; allowed: none; remove it',
    'Service default/a (test.yaml:9:3): IGW1001 metadata.name is "a": is a name; allowed: none; remove it',
  ]);
  expect(findings[0]).toMatchObject({ code: 'IGW1001', severity: 'error', file: 'test.yaml', position: { line: 4, column: 3 } });
});

test('a problem may be less bad than its rule', () => {
  const rule = ruleOf('IGW1002', function* ({ objects: [object] }) {
    yield { object, field: [], problem: 'is', fix: 'x', severity: Severity.INFO };
  });
  expect(checkGraph(graphOf(YAML), { rules: [rule] }).findings.map(({ severity }) => severity)).toEqual(['info']);
});

test('a rule that fails does not keep the others from running', () => {
  const broken = ruleOf('IGW1003', function* ({ objects: [object] }) {
    yield { object, field: [], problem: 'is', fix: 'x' };
    throw new Error('ours');
  });
  const { findings, failures } = checkGraph(graphOf(YAML), { rules: [broken, everyName] });
  expect(findings.map(({ code }) => code).sort()).toEqual(['IGW1001', 'IGW1001', 'IGW1003']);
  expect(failures).toEqual([{ code: 'IGW1003', error: new Error('ours') }]);
});

test('mutes of an object', () => {
  const object = (name: string, ignore?: string) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name, annotations: ignore && { [IGNORE_ANNOTATION]: ignore } } });
  const graph = graphOf([object('a', 'IGW1001=meant'), object('b', 'IGW1001'), object('c', 'IGW1002=another'), object('d')]);
  const { findings, muted } = checkGraph(graph, { rules: [everyName] });
  expect(findings.map(({ value }) => value)).toEqual(['b', 'c', 'd']);
  expect(muted.map(({ finding, reason }) => [finding.value, reason])).toEqual([['a', 'meant']]);
});

test('the annotation', () => {
  expect(parseMutes('IGW1203=a = b, c; IGW1301=d ;; ')).toEqual({ mutes: [{ code: 'IGW1203', reason: 'a = b, c' }, { code: 'IGW1301', reason: 'd' }], invalid: [] });
  expect(parseMutes('IGW1203; x=y; IGW12=z')).toEqual({ mutes: [], invalid: ['IGW1203', 'x=y', 'IGW12=z'] });
});
