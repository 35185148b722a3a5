import { rule } from '../../../../src/graph/rules/names/derived-name-too-long';
import { linesOf } from '../../lint';
import { gateway, listener, object } from '../../objects';

const long = (length: number) => `models/${'a'.repeat(length)}`;

test('names that are short enough', () => {
  expect(linesOf([gateway(long(57), [listener()]), object('apps/v1', 'StatefulSet', long(52)), object('apps/v1', 'Deployment', long(200))], rule)).toEqual([]);
});

test.each([
  [gateway(long(58), [listener()]), /has 58 characters: Istio names the Service of the Gateway a+-istio; allowed: at most 57 characters; shorten it by 1/],
  [gateway(long(64), [listener()], { gatewayClassName: 'eg' }), /as label gateway.networking.k8s.io\/gateway-name; allowed: at most 63 characters/],
  [object('apps/v1', 'StatefulSet', long(53)), /controller-revision-hash/],
  [object('batch/v1', 'CronJob', long(60)), /its Jobs get 11 more characters/],
])('fails for a name that is too long', (one, message) => {
  expect(linesOf([one], rule)).toEqual([expect.stringMatching(message)]);
});
