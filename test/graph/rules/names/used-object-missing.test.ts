import { rule } from '../../../../src/graph/rules/names/used-object-missing';
import { linesOf } from '../../lint';
import { object, route, service } from '../../objects';

const destination = (name: string) => object('networking.istio.io/v1', 'DestinationRule', 'models/d', { spec: { host: `${name}.models.svc.cluster.local` } });

test('objects that are there, or may be in the cluster', () => {
  expect(linesOf([destination('llama-epp'), service('models/llama-epp')], rule)).toEqual([]);
  expect(linesOf([destination('llama-epp')], rule)).toEqual([]);
});

test('fails softly for nearly the name of a Service', () => {
  expect(linesOf([destination('llama-ep'), service('models/llama-epp')], rule)).toEqual([
    'warning DestinationRule models/d: IGW1022 spec.host is "llama-ep.models.svc.cluster.local": names no Service of namespace models: the DestinationRule applies to nothing; allowed: llama-epp; name llama-epp',
  ]);
});

test('fails for a filter and an Ingress of a closed set', () => {
  const filter = { type: 'ExtensionRef', extensionRef: { group: 'example.com', kind: 'Thing', name: 'x' } };
  expect(linesOf([route('a/r', 'a/g', [], { rules: [{ filters: [filter] }] })], rule, { closed: true })).toEqual([expect.stringContaining('names no Thing of namespace a: the gateway answers 500')]);
  const ingress = object('networking.k8s.io/v1', 'Ingress', 'a/i', { spec: { defaultBackend: { service: { name: 'x', port: { number: 80 } } } } });
  expect(linesOf([ingress], rule, { closed: true })).toEqual([expect.stringMatching(/^error Ingress a\/i: IGW1022 spec.defaultBackend.service.name is "x"/)]);
});
