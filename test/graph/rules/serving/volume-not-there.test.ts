import { rule } from '../../../../src/graph/rules/serving/volume-not-there';
import { picker } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

test('volumes that are there', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('fails for a mount without its volume', () => {
  expect(linesOf(workingSet({}, picker((_, { spec }) => { spec.template.spec.volumes[0].name = 'other'; })), rule)).toEqual([
    'error Deployment models/llama-epp: IGW1222 spec.template.spec.containers[0].volumeMounts[0].name is "plugins-config": names no volume of the pod: the API server refuses it; allowed: other; '
    + 'add the volume, or name one that is there',
  ]);
});

test('volumes of claim templates', () => {
  const objects = workingSet({}, picker((_, object) => {
    object.kind = 'StatefulSet';
    object.spec.template.spec.volumes = [];
    object.spec.volumeClaimTemplates = [{ metadata: { name: 'plugins-config' } }];
  }));
  expect(linesOf(objects, rule)).toEqual([]);
});
