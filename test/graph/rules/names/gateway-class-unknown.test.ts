import { rule } from '../../../../src/graph/rules/names/gateway-class-unknown';
import { linesOf } from '../../lint';
import { gateway, listener, object } from '../../objects';

const of = (gatewayClassName: string) => gateway('a/g', [listener()], { gatewayClassName });

test('classes that are known, or in the set', () => {
  expect(linesOf([of('istio')], rule)).toEqual([]);
  expect(linesOf([of('internal'), object('gateway.networking.k8s.io/v1', 'GatewayClass', 'internal')], rule)).toEqual([]);
});

test('fails softly for a class that nothing is known of', () => {
  expect(linesOf([of('isto')], rule)).toEqual([expect.stringMatching(/^warning Gateway a\/g: IGW1019 spec.gatewayClassName is "isto": is the class of no implementation that is known.*nothing is programmed; allowed: istio, eg/)]);
});
