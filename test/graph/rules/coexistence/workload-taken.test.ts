import { rule } from '../../../../src/graph/rules/coexistence/workload-taken';
import { madeFor, modelDeployment } from '../../airunway';
import { linesOf } from '../../lint';
import { deployment, object, service } from '../../objects';

const model = modelDeployment('models/llama');
const workload = deployment('models/llama', { app: 'llama' });

test('a ModelDeployment alone, and workloads of other names or namespaces', () => {
  expect(linesOf([model], rule)).toEqual([]);
  expect(linesOf([model, deployment('models/qwen', {}), deployment('other/llama', {}), object('v1', 'ConfigMap', 'models/llama')], rule)).toEqual([]);
});

test('the workload that AI Runway made, as it is in a cluster', () => {
  expect(linesOf([model, madeFor('llama', workload)], rule)).toEqual([]);
});

test('fails for a Deployment, once with its Service', () => {
  expect(linesOf([model, workload, service('models/llama')], rule)).toEqual([expect.stringMatching(
    /^error Deployment models\/llama: IGW1601 metadata.name is "llama": is the name of the Deployment that AI Runway makes for ModelDeployment models\/llama: it then stops with ResourceConflict.*keep one of the two/,
  )]);
});

test('fails for one that another ModelDeployment made', () => {
  expect(linesOf([model, madeFor('qwen', workload)], rule)).toHaveLength(1);
});

test.each([
  ['dynamo', 'nvidia.com/v1alpha1', 'DynamoGraphDeployment'], ['kaito', 'kaito.sh/v1beta1', 'Workspace'], ['kuberay', 'ray.io/v1', 'RayService'],
])('fails for the workload of provider %s', (name, apiVersion, kind) => {
  const objects = [modelDeployment('models/llama', { provider: { name } }), object(apiVersion, kind, 'models/llama')];
  expect(linesOf(objects, rule)).toEqual([expect.stringContaining(`is the name of the ${kind}`)]);
  expect(linesOf([...objects.slice(0, 1), workload], rule)).toEqual([]);
});

test('fails for a part of a disaggregated model', () => {
  const split = modelDeployment('models/llama', { provider: { name: 'llmd' }, serving: { mode: 'disaggregated' } });
  expect(linesOf([split, deployment('models/llama-prefill', {})], rule)).toHaveLength(1);
  expect(linesOf([split, workload], rule)).toEqual([]);
});

test('fails for a claim that Dynamo makes', () => {
  const volumes = [{ name: 'cache', size: '100Gi' }, { name: 'existing', claimName: 'weights' }];
  const dynamo = modelDeployment('models/llama', { provider: { name: 'dynamo' }, model: { id: 'a/b', storage: { volumes } } });
  expect(linesOf([dynamo, object('v1', 'PersistentVolumeClaim', 'models/weights')], rule)).toEqual([]);
  expect(linesOf([dynamo, object('v1', 'PersistentVolumeClaim', 'models/llama-cache')], rule)).toHaveLength(1);
});

test('fails with a warning when the provider is not chosen yet', () => {
  expect(linesOf([modelDeployment('models/llama', { provider: undefined }), workload], rule)).toEqual([expect.stringMatching(/^warning .*if it chooses such a provider/)]);
});
