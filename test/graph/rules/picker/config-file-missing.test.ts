import { rule } from '../../../../src/graph/rules/picker/config-file-missing';
import { picker } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

test('a configuration that is mounted', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('fails for a key that the ConfigMap does not have', () => {
  const objects = workingSet({}, ['ConfigMap models/llama-epp', (object) => { object.data = { 'plugins.yaml': '' }; }]);
  expect(linesOf(objects, rule)).toEqual([expect.stringMatching(
    /IGW1302 spec.template.spec.containers\[0\].args\[\d+\] is ".*": would be key "default-plugins.yaml" of ConfigMap models\/llama-epp, which it does not have; allowed: plugins.yaml; end the path in plugins.yaml, or rename the key/,
  )]);
});

test('fails for a file that the items of the volume leave out', () => {
  const objects = workingSet({}, ['Deployment models/llama-epp', ({ spec }) => {
    spec.template.spec.volumes.find((volume: any) => volume.configMap).configMap.items = [{ key: 'default-plugins.yaml', path: 'other.yaml' }];
  }]);
  expect(linesOf(objects, rule)).toEqual([expect.stringContaining('is none of the items that the volume takes from ConfigMap llama-epp')]);
});

test('fails for a file in no mounted volume, softly where the image may hold it', () => {
  const unmounted = picker((container) => { container.volumeMounts = []; });
  expect(linesOf(workingSet({}, unmounted), rule)).toEqual([expect.stringMatching(/^error .*is in no volume that the container mounts/)]);
  const unknown = picker((container) => { container.image = 'example.com/epp:1'; });
  expect(linesOf(workingSet({}, unmounted, unknown), rule)).toEqual([expect.stringMatching(/^warning .*is in no volume that the container mounts/)]);
});

test('fails for a volume that nothing fills', () => {
  const change = (source: object, more: (spec: any) => void = () => undefined) => workingSet({}, ['Deployment models/llama-epp', ({ spec: { template: { spec } } }) => {
    const volume = spec.volumes.find(({ configMap }: any) => configMap);
    delete volume.configMap;
    Object.assign(volume, source);
    more(spec);
  }]);
  const message = expect.stringContaining('is in a volume that is empty when the pod starts, and that no other container fills; mount the ConfigMap');
  expect(linesOf(change({}), rule)).toEqual([message]);
  expect(linesOf(change({ emptyDir: {} }), rule)).toEqual([message]);
  expect(linesOf(change({ persistentVolumeClaim: { claimName: 'config' } }), rule)).toEqual([]);
  expect(linesOf(change({ emptyDir: {} }, (spec) => {
    spec.initContainers = [{ name: 'fetch', image: 'fetch', volumeMounts: spec.containers[0].volumeMounts }];
  }), rule)).toEqual([]);
});
