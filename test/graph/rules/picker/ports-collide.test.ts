import { rule } from '../../../../src/graph/rules/picker/ports-collide';
import { FAIL_OPEN, pickerFlags, router } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

test('three ports', () => {
  expect(linesOf(workingSet({}, pickerFlags('--grpc-port=9010', '--metrics-port=9002')), rule)).toEqual([]);
});

test('fails for a port that is taken by default', () => {
  expect(linesOf(workingSet({}, pickerFlags('--grpc-port=9003')), rule)).toEqual([
    'error Deployment models/llama-epp: IGW1309 spec.template.spec.containers[0].args[9] is 9003: is both --grpc-port and --grpc-health-port: the endpoint picker exits at start; set another port '
    + 'for one of them',
  ]);
  expect(linesOf(workingSet({}, pickerFlags('--grpc-port=9003'), FAIL_OPEN), rule)).toEqual([expect.stringMatching(/^warning/)]);
});

test('fails for a body-based router', () => {
  expect(linesOf(workingSet({}, router(({ args }) => { args.push('--grpc-health-port', '9090'); })), rule)).toEqual([expect.stringContaining('is both --grpc-health-port and --metrics-port')]);
});
