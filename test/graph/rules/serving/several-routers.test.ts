import { rule } from '../../../../src/graph/rules/serving/several-routers';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const second = (change: (object: any) => void) => {
  const objects = workingSet();
  const copy = JSON.parse(JSON.stringify(objects.find(({ kind }) => kind === 'EnvoyFilter')));
  copy.metadata.name = 'second';
  change(copy);
  return [...objects, copy];
};

test('one router', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('fails for another filter before the same Gateway', () => {
  expect(linesOf(second(() => undefined), rule)).toEqual([
    'warning EnvoyFilter gateway/second: IGW1217 spec.configPatches[0]: adds a body-based router to Gateway gateway/inference-gateway, which has one by EnvoyFilter '
    + 'gateway/body-based-router already; remove one of the two',
  ]);
});

test('a filter for something else', () => {
  expect(linesOf(second((object) => {
    const { value } = object.spec.configPatches[0].patch;
    value.name = 'guard';
    value.typed_config.grpc_service.envoy_grpc.cluster_name = 'outbound|9000||guard.gateway.svc.cluster.local';
  }), rule)).toEqual([]);
});
