import { rule } from '../../../../src/graph/rules/names/namespace-on-cluster-scoped';
import { linesOf } from '../../lint';
import { object, service } from '../../objects';

test('a cluster-scoped object without a namespace', () => {
  expect(linesOf([object('v1', 'Namespace', 'models'), service('models/a')], rule)).toEqual([]);
});

test('fails softly for a ClusterRole in a namespace', () => {
  expect(linesOf([object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'models/metrics')], rule)).toEqual([
    'warning ClusterRole metrics: IGW1002 metadata.namespace is "models": is dropped: a ClusterRole is in no namespace; leave the field out, and see that the name is unique in the cluster',
  ]);
});

test('fails softly for a kind that a CustomResourceDefinition of the set scopes to the cluster', () => {
  const definition = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'things.example.com', { spec: { group: 'example.com', names: { kind: 'Thing' }, scope: 'Cluster' } });
  expect(linesOf([definition, object('example.com/v1', 'Thing', 'models/a')], rule)).toEqual([expect.stringContaining('a Thing is in no namespace')]);
});
