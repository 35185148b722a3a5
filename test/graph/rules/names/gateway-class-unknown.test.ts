import { rule } from '../../../../src/graph/rules/names/gateway-class-unknown';
import { linesOf } from '../../lint';
import { gateway, listener, object, route } from '../../objects';

const of = (gatewayClassName: string) => gateway('a/g', [listener()], { gatewayClassName });

test('classes that are known, or in the set', () => {
  expect(linesOf([of('istio')], rule)).toEqual([]);
  expect(linesOf([of('internal'), object('gateway.networking.k8s.io/v1', 'GatewayClass', 'internal')], rule)).toEqual([]);
});

test('fails softly for a class that nothing is known of', () => {
  expect(linesOf([of('isto')], rule)).toEqual([expect.stringMatching(/^warning Gateway a\/g: IGW1019 spec.gatewayClassName is "isto": is the class of no implementation that is known.*nothing is programmed; allowed: istio, eg/)]);
});

test('fails softly for any class in a closed set, or before a pool; else it is worth knowing', () => {
  expect(linesOf([of('internal')], rule)).toEqual([expect.stringMatching(/^info /)]);
  expect(linesOf([of('internal')], rule, { closed: true })).toEqual([expect.stringMatching(/^warning /)]);
  const pool = { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'llama' };
  expect(linesOf([of('internal'), route('a/r', 'a/g', [pool])], rule)).toEqual([expect.stringMatching(/^warning /)]);
  expect(linesOf([of('${CLASS}'), of('{GATEWAY_CLASS_NAME}')], rule)).toEqual([]);
});
