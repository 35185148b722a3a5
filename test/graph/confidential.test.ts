import { isSecretPlace, withoutSecrets } from '../../src/graph/confidential';
import { GraphObject } from '../../src/graph/graph-object';
import { Path } from '../../src/graph/json';
import { rule as fieldRefused } from '../../src/graph/rules/gateway-api/field-refused';
import { linesOf } from './lint';

const object = (apiVersion: string, kind: string) => new GraphObject({ apiVersion, kind, metadata: { name: 'x' } }, {}, 'default', false);
const deployment = object('apps/v1', 'Deployment');
const secret = object('v1', 'Secret');
const ENV: Path = ['spec', 'template', 'spec', 'containers', 0, 'env'];

test('the smallest case: a value of a Secret is hidden, its name is not', () => {
  expect(withoutSecrets(secret, ['data', 'token'], 5551234)).toBe('(hidden)');
  expect(withoutSecrets(secret, ['metadata', 'name'], 'tokens')).toBe('tokens');
});

test.each<[string, GraphObject, Path, unknown, unknown]>([
  ['data in place of a map', secret, ['data'], 'hunter2', '(hidden)'],
  ['all data', secret, ['stringData'], { token: 'hunter2' }, { token: '(hidden)' }],
  ['a variable', deployment, [...ENV, 0, 'value'], 998877, '(hidden)'],
  ['a variable that is a map', deployment, [...ENV, 0, 'value'], { token: 'hunter2' }, { token: '(hidden)' }],
  ['a variable that is a text', deployment, [...ENV, 0], 'TOKEN=hunter2', '(hidden)'],
  ['variables by name', deployment, ENV, { TOKEN: 'hunter2' }, { TOKEN: '(hidden)' }],
  ['variables that are a text', deployment, ENV, 'TOKEN=hunter2', '(hidden)'],
  ['a variable of a plugin', object('extensions.higress.io/v1alpha1', 'WasmPlugin'), ['spec', 'vmConfig', 'env', 0, 'value'], 'hunter2', '(hidden)'],
  ['a variable of a ModelDeployment', object('airunway.ai/v1alpha1', 'ModelDeployment'), ['spec', 'env', 0, 'value'], 'hunter2', '(hidden)'],
  ['a container', deployment, ENV.slice(0, -1), { name: 'c', env: [{ name: 'TOKEN', value: 'hunter2' }] }, { name: 'c', env: [{ name: 'TOKEN', value: '(hidden)' }] }],
  ['a header that is set', object('gateway.networking.k8s.io/v1', 'HTTPRoute'),
    ['spec', 'rules', 0, 'filters', 0, 'requestHeaderModifier', 'set', 0], { name: 'authorization', value: 'Bearer x' }, { name: 'authorization', value: '(hidden)' }],
  ['a header of a probe', deployment, ['httpGet', 'httpHeaders', 0, 'value'], 'Bearer x', '(hidden)'],
  ['a header of the transformer', object('extensions.higress.io/v1alpha1', 'WasmPlugin'),
    ['spec', 'defaultConfig', 'reqRules', 0, 'headers', 0, 'newValue'], 'Bearer x', '(hidden)'],
  ['credentials in a URL', deployment, ['spec', 'url'], 'http://me:hunter2@proxy:80', 'http://(hidden)@proxy:80'],
])('%s is hidden', (_, of, field, value, shown) => {
  expect(withoutSecrets(of, field, value)).toEqual(shown);
});

test.each<[string, Path, unknown]>([
  ['a label called env', ['metadata', 'labels', 'env'], 'prod'],
  ['a selector', ['spec', 'selector', 'matchLabels'], { env: 'prod' }],
  ['the name of a variable', [...ENV, 0, 'name'], 'TOKEN'],
  ['where a variable comes from', [...ENV, 0, 'valueFrom', 'secretKeyRef', 'name'], 'tokens'],
  ['the model of a match', ['spec', 'rules', 0, 'matches', 0, 'headers', 0, 'value'], 'llama'],
  ['a variable that is a switch', [...ENV, 0, 'value'], 'false'],
  ['how many headers there are', ['requestHeaderModifier', 'set'], 17],
])('%s is shown', (_, field, value) => {
  expect(withoutSecrets(deployment, field, value)).toEqual(value);
});

test('the namespace of a variable is shown', () => {
  const env = [{ name: 'NAMESPACE', value: 'models' }, { name: 'TOKEN', value: 'models' }];
  const pod = new GraphObject({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [{ env }] } }, {}, 'default', false);
  const valueOf = (index: number) => withoutSecrets(pod, ['spec', 'containers', 0, 'env', index, 'value'], 'models');
  expect([valueOf(0), valueOf(1)]).toEqual(['models', '(hidden)']);
});

test('lines of secret places are not quoted', () => {
  expect(isSecretPlace(secret, ['metadata', 'name'])).toBe(true);
  expect(isSecretPlace(deployment, [...ENV, 0, 'name'])).toBe(true);
  expect(isSecretPlace(deployment, ['metadata', 'name'])).toBe(false);
});

test('fails without saying what the secret is', () => {
  const lines = linesOf([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'n' }, data: { token: 5551234 } }], fieldRefused);
  expect(lines).toEqual(['error Secret n/s: IGW1801 data.token is "(hidden)": is a number, not text; put it in quotes']);
});
