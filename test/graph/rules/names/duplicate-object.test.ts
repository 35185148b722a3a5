import { rule } from '../../../../src/graph/rules/names/duplicate-object';
import { linesOf } from '../../lint';
import { object, service } from '../../objects';

test('two objects of two names', () => {
  expect(linesOf([service('models/a'), service('models/b'), service('other/a'), object('v1', 'ConfigMap', 'models/a')], rule)).toEqual([]);
});

test('fails for two objects of one name, in whatever version', () => {
  const route = (version: string, hostname: string) => object(`gateway.networking.k8s.io/${version}`, 'HTTPRoute', 'models/a', { spec: { hostnames: [hostname] } });
  expect(linesOf([route('v1', 'a.example.com'), route('v1beta1', 'b.example.com')], rule)).toEqual([
    'error HTTPRoute models/a: IGW1001 metadata.name is "a": is the name of another HTTPRoute in namespace models; one replaces the other; rename one of them, or merge both into one',
  ]);
});

test('says where the other one is', () => {
  const text = ['kind: ConfigMap\napiVersion: v1\nmetadata: { name: a, namespace: b }\ndata: { a: "1" }', 'kind: ConfigMap\napiVersion: v1\nmetadata: { name: a, namespace: b }'].join('\n---\n');
  expect(linesOf(text, rule)).toEqual([expect.stringMatching(/in namespace b, at test.yaml:\d+:\d+; one replaces the other/)]);
});

test('the same object twice is worth knowing only', () => {
  expect(linesOf([object('v1', 'Namespace', 'models'), object('v1', 'Namespace', 'models')], rule)).toEqual([
    expect.stringMatching(/^info Namespace models: IGW1001 .*is the name of the same object in the set; it is applied twice; leave one of them out$/),
  ]);
});
