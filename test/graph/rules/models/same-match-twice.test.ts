import { rule } from '../../../../src/graph/rules/models/same-match-twice';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const route = (name: string, change: (spec: any, object: any) => void): [string, (object: any) => void] => [
  `HTTPRoute models/${name}`, (object) => change(object.spec, object),
];
const setHeader = (value: string) => (spec: any) => { spec.rules[0].matches[0].headers[0].value = value; };

test('one route for each model', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test.each([
  ['another hostname', (spec: any) => { setHeader('llama-8b')(spec); spec.hostnames = ['qwen.example.com']; }],
  ['another path', (spec: any) => { setHeader('llama-8b')(spec); spec.rules[0].matches[0].path.value = '/qwen'; }],
  ['another method', (spec: any) => { setHeader('llama-8b')(spec); spec.rules[0].matches[0].method = 'POST'; }],
  ['a Gateway that is not in the set', (spec: any) => { setHeader('llama-8b')(spec); spec.parentRefs[0].name = 'other'; }],
])('two routes for one model with %s', (_, change) => {
  expect(linesOf(workingSet({}, route('qwen', change)), rule)).toEqual([]);
});

test('fails for two routes with the same model', () => {
  expect(linesOf(workingSet({}, route('qwen', setHeader('llama-8b'))), rule)).toEqual([
    'error HTTPRoute models/qwen: IGW1401 spec.rules[0].matches[0].headers[0].value is "llama-8b": is matched in the same way by HTTPRoute models/llama, '
    + 'and a Gateway uses one of them: one of the two gets no requests; give one of them another model name, hostname or path, or put both backends into '
    + 'one rule with weights',
  ]);
});

test('fails for routes of two namespaces, whichever way the header is written', () => {
  const lines = linesOf(workingSet({}, route('qwen', (spec, object) => {
    setHeader('llama-8b')(spec);
    spec.rules[0].matches[0].headers[0].name = 'x-gateway-model-name';
    object.metadata.namespace = 'team-b';
  }), ['Gateway gateway/inference-gateway', ({ spec }) => { spec.listeners[0].allowedRoutes = { namespaces: { from: 'All' } }; }]), rule);
  expect(lines).toHaveLength(1);
});

test('fails for two rules of one route, with a warning when the second one is of no use', () => {
  const [line] = linesOf(workingSet({}, route('llama', (spec) => { spec.rules.push(spec.rules[0]); })), rule);
  expect(line).toMatch(/^warning .*by an earlier rule of this route.*never needed; remove one of the two$/);
});
