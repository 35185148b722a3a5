import { rule } from '../../../../src/graph/rules/documents/mute-invalid';
import { linesOf } from '../../lint';

const service = (ignore: string) => ({
  apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', namespace: 'b', annotations: { 'inference-gateway.cdk8s.io/ignore': ignore } },
});

test('a mute with its reason', () => {
  expect(linesOf([service('IGW1203=the port is renamed by a webhook; IGW1301 = later')], rule)).toEqual([]);
});

test.each(['IGW1203', 'IGW1203=', 'IGW1203 =  '])('fails for a mute without a reason: %s', (value) => {
  expect(linesOf([service(value)], rule)).toEqual([expect.stringContaining('mutes nothing; allowed: CODE=reason, several of them separated by semicolons; say why: IGW1203=<reason>')]);
});

test('fails for what names no rule', () => {
  expect(linesOf([service('all=because')], rule)).toEqual([expect.stringContaining('is "all=because": mutes nothing')]);
});
