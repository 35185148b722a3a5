import fc from 'fast-check';
import { allRules, checkGraph, formatFinding, Graph, GraphDocument } from '../../src/graph';
import { RuleFailure } from '../../src/graph/finding';
import { workingSet } from './working-set';

/*
 * Manifests of anyone hold anything. Whatever they hold, no rule fails, the findings are the same each time, and the order of the documents
 * makes no difference.
 */

const SET = workingSet();
const documentsOf = (objects: readonly object[]): GraphDocument[] => objects.map((manifest) => ({ manifest: manifest as any, origin: {} }));

function check(objects: readonly object[], closed = true): { failures: readonly RuleFailure[]; lines: string[] } {
  const graph = new Graph(documentsOf(objects), { closed });
  const { findings, failures } = checkGraph(graph);
  graph.edges.forEach((reference) => graph.presence(reference));
  return { failures, lines: findings.map(formatFinding) };
}

const anything = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, false, 0, -1, 1.5, 1e300, NaN, '', 'a', '*', '__proto__', 'constructor', [], {}, [null], [[]], { name: 1 }),
  fc.jsonValue(),
);

/** Every path of a value. */
function pathsOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: [string | number, unknown][] = Array.isArray(value) ? value.map((item, index) => [index, item]) : Object.entries(value);
  return [path, ...entries.flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

function replaced(value: any, [step, ...rest]: (string | number)[], by: unknown): any {
  if (step === undefined) return by;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[step] = replaced(value[step], rest, by);
  return copy;
}

function spoil(set: object[], [which, where, by]: [number, number, unknown]): object[] {
  const index = which % set.length;
  const paths = pathsOf(set[index]).slice(1);
  if (paths.length === 0) return set;
  return set.map((object, at) => (at === index ? replaced(object, paths[where % paths.length], by) : object));
}

const spoiled = fc.array(fc.tuple(fc.nat(), fc.nat(), anything), { minLength: 1, maxLength: 6 }).map((changes) => changes.reduce(spoil, SET));

const kinds = [...new Set(SET.map(({ apiVersion, kind }) => JSON.stringify([apiVersion, kind])))].map((pair): [string, string] => JSON.parse(pair));
const others: [string, string][] = [
  ['gateway.networking.k8s.io/v1', 'GRPCRoute'], ['gateway.networking.k8s.io/v1alpha2', 'TLSRoute'], ['gateway.networking.k8s.io/v1', 'ListenerSet'],
  ['gateway.networking.k8s.io/v1beta1', 'ReferenceGrant'], ['v1', 'Pod'], ['apps/v1', 'StatefulSet'], ['networking.k8s.io/v1', 'Ingress'],
  ['inference.networking.x-k8s.io/v1alpha2', 'InferenceObjective'], ['inference.networking.x-k8s.io/v1alpha2', 'InferenceModelRewrite'],
  ['inference.networking.x-k8s.io/v1alpha2', 'InferencePool'], ['extensions.higress.io/v1alpha1', 'WasmPlugin'], ['networking.higress.io/v1', 'McpBridge'],
  ['airunway.ai/v1alpha1', 'ModelDeployment'], ['networking.gke.io/v1', 'GCPBackendPolicy'], ['leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet'],
  ['gateway.networking.k8s.io/v1', 'BackendTLSPolicy'], ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'], ['v1', 'Namespace'], ['', ''],
];

const words = fc.constantFrom('a', 'b', 'models', 'gateway', 'Service', 'InferencePool', 'Gateway', '');
const shaped: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, words, fc.nat(9100), fc.boolean(), fc.constant(null), fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...FIELDS()), tie('value'), { maxKeys: 6 })),
})).value;

/** Words that the views look for. */
function FIELDS(): string[] {
  return [...new Set(SET.flatMap((object) => pathsOf(object)).flat().filter((step): step is string => typeof step === 'string'))]
    .concat('tls', 'certificateRefs', 'sectionName', 'filters', 'requestMirror', 'extProc', 'extensionChains', 'extensions', 'from', 'to', 'envFrom', 'secret');
}

const invented = fc.array(fc.record({
  id: fc.constantFrom(...kinds, ...others),
  metadata: fc.oneof(fc.record({ name: words, namespace: words, labels: anything }), anything),
  spec: shaped,
  more: shaped,
}).map(({ id: [apiVersion, kind], metadata, spec, more }) => (
  { apiVersion, kind, metadata, spec, rules: more, subjects: more, data: more, roleRef: more })), { maxLength: 12 });

test('there are rules to try', () => {
  expect(allRules().length).toBeGreaterThan(0);
});

test('a working set with any value in any field: no rule fails, and the order of documents makes no difference', () => {
  fc.assert(fc.property(spoiled, fc.boolean(), fc.nat(), (objects, closed, turn) => {
    const { failures, lines } = check(objects, closed);
    expect(failures).toEqual([]);
    const turned = [...objects.slice(turn % objects.length), ...objects.slice(0, turn % objects.length)].reverse();
    expect(check(turned, closed).lines).toEqual(lines);
  }), { numRuns: 120 });
});

test('objects made of words that rules look for: no rule fails, and the order of documents makes no difference', () => {
  fc.assert(fc.property(invented, fc.boolean(), (objects, closed) => {
    const { failures, lines } = check(objects, closed);
    expect(failures).toEqual([]);
    expect(check([...objects].reverse(), closed).lines).toEqual(lines);
  }), { numRuns: 120 });
});

test('parts of a working set, some of them twice: no rule fails', () => {
  fc.assert(fc.property(fc.subarray(SET), fc.subarray(SET), fc.boolean(), (some, again, closed) => {
    const { failures, lines } = check([...some, ...again], closed);
    expect(failures).toEqual([]);
    expect(check([...again].reverse().concat([...some].reverse()), closed).lines).toEqual(lines);
  }), { numRuns: 100 });
});

test('any part of a working set has no error on its own: the rest may be in the cluster', () => {
  fc.assert(fc.property(fc.constantFrom(...SET), (object) => {
    const { findings } = checkGraph(new Graph(documentsOf([object])));
    expect(findings.filter(({ severity }) => severity === 'error').map(formatFinding)).toEqual([]);
  }), { numRuns: SET.length });
});

test('any of its parts that are complete have no error: others may be in the cluster, and so may the rest', () => {
  const part = ({ kind, metadata: { namespace, name } }: any) => {
    if (namespace !== 'models') return 'gateway';
    return `${name.replace(/-epp.*/, '')} ${kind === 'Deployment' && !name.endsWith('-epp') ? 'server' : 'pool and route'}`;
  };
  const parts = [...new Set(SET.map(part))];
  expect(parts).toHaveLength(5);
  fc.assert(fc.property(fc.subarray(parts), (chosen) => {
    const { findings } = checkGraph(new Graph(documentsOf(SET.filter((object) => chosen.includes(part(object))))));
    expect(findings.filter(({ severity }) => severity !== 'info').map(formatFinding)).toEqual([]);
  }), { numRuns: 2 ** 6 });
});

describe('long texts take no more time than it takes to read them', () => {
  const long = 200_000;
  const pod = (args: string[]) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'n' }, spec: { containers: [{ name: 'c', image: 'vllm', args }] } });

  test.each<[string, object[]]>([
    ['names with many hyphens', [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `A${'-'.repeat(long)}A`, namespace: 'n' } }]],
    ['variables without an end', [pod([`--model=(a)${'$('.repeat(long)}`])]],
    ['certificates that are blank', [
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'n' }, data: { 'tls.crt': `${' '.repeat(long)}!`, 'tls.key': 'a' } },
      {
        apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: 'g', namespace: 'n' },
        spec: { gatewayClassName: 'istio', listeners: [{ name: 'a', port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 's' }] } }] },
      },
    ]],
    ['two names that are nearly alike', [
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: `${'a'.repeat(long)}b`, namespace: 'n' } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'n' }, spec: { serviceAccountName: `${'a'.repeat(long)}c`, containers: [{ name: 'c', image: 'a' }] } },
    ]],
  ])('%s', (_, objects) => {
    expect(check(objects, false).failures).toEqual([]);
  });
});
