import { existsSync, readdirSync } from 'node:fs';
import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { kubeObject, Manifest } from '../../src/core';
import { chartsOf } from '../synth';

const configMap = (name: string, namespace?: string): Manifest => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } });

test('the smallest object is rendered as it is', () => {
  const [chart] = chartsOf('team-a');
  kubeObject(chart, 'Resource', configMap('a', 'team-b'));
  expect(Testing.synth(chart)).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'team-b' } }]);
});

test('an object without a namespace gets none, though the chart has one', () => {
  const [chart] = chartsOf('team-a');
  const manifest = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'reader' }, rules: [] };
  kubeObject(chart, 'Resource', manifest);
  expect(Testing.synth(chart)).toEqual([manifest]);
});

test('fields that no schema knows can be patched in', () => {
  const [chart] = chartsOf('team-a');
  kubeObject(chart, 'Resource', configMap('a')).addJsonPatch(JsonPatch.add('/future', { field: [1] }));
  expect(Testing.synth(chart)[0].future).toEqual({ field: [1] });
});

test('ApiObject.of finds the object named Resource', () => {
  const [chart] = chartsOf('team-a');
  const parent = new Construct(chart, 'parent');
  const object = kubeObject(parent, 'Resource', configMap('a'));
  kubeObject(parent, 'Other', configMap('b'));
  expect(ApiObject.of(parent)).toBe(object);
});

describe('two constructs that render the same object', () => {
  const synth = (chart: Chart) => () => (App.of(chart) as App).synth();

  test('fails at synth with the paths of both', () => {
    const [one, two] = chartsOf('one', 'two');
    kubeObject(one, 'a', configMap('same', 'shared'));
    kubeObject(two, 'b', configMap('same', 'shared'));
    expect(synth(one)).toThrow(new Error([
      'Validation failed with the following errors:',
      '  [] IGW103 ConfigMap.core shared/same is rendered by both one/a and two/b: the last one applied would win; ' +
      'give one of them another `name` or `namespace`',
    ].join('\n')));
  });

  test('fails with all collisions together, and writes nothing', () => {
    const [one, two] = chartsOf('one', 'two');
    ['x', 'y'].forEach((name) => [one, two].forEach((chart) => kubeObject(chart, name, configMap(name, 'shared'))));
    kubeObject(two, 'z', configMap('y', 'shared'));
    expect(synth(one)).toThrow(/shared\/x .* one\/x and two\/x:[^]*shared\/y .* one\/y and two\/y:[^]*shared\/y .* one\/y and two\/z:/);
    const { outdir } = App.of(one) as App;
    expect(existsSync(outdir) ? readdirSync(outdir) : []).toEqual([]);
  });

  test('fails for another version of the same group', () => {
    const [chart] = chartsOf('one');
    const rule = { kind: 'DestinationRule', metadata: { name: 'a', namespace: 'b' } };
    kubeObject(chart, 'a', { ...rule, apiVersion: 'networking.istio.io/v1' });
    kubeObject(chart, 'b', { ...rule, apiVersion: 'networking.istio.io/v1beta1' });
    expect(synth(chart)).toThrow(/IGW103 DestinationRule\.networking\.istio\.io b\/a is rendered by both one\/a and one\/b/);
  });

  test('fails for cluster-scoped objects of two charts', () => {
    const [one, two] = chartsOf('one', 'two');
    [one, two].forEach((chart) => kubeObject(chart, 'a', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shared' } }));
    expect(synth(one)).toThrow(/IGW103 Namespace\.core -\/shared is rendered by both one\/a and two\/a/);
  });

  test('is no error when kind, group, namespace or name differ', () => {
    const [chart] = chartsOf('one');
    kubeObject(chart, 'a', configMap('same', 'a'));
    kubeObject(chart, 'b', configMap('same', 'b'));
    kubeObject(chart, 'c', configMap('other', 'a'));
    kubeObject(chart, 'd', { ...configMap('same', 'a'), kind: 'Secret' });
    kubeObject(chart, 'e', { ...configMap('same', 'a'), apiVersion: 'example.com/v1' });
    expect(Testing.synth(chart)).toHaveLength(5);
  });

  test('is no error between two apps', () => {
    const [[one], [two]] = [chartsOf('one'), chartsOf('one')];
    [one, two].forEach((chart) => kubeObject(chart, 'a', configMap('same')));
    expect([Testing.synth(one), Testing.synth(two)]).toEqual([[expect.anything()], [expect.anything()]]);
  });

  test('is no error when one of them, or what is above it, was removed', () => {
    const [chart] = chartsOf('one');
    const parent = new Construct(chart, 'parent');
    kubeObject(parent, 'a', configMap('same'));
    chart.node.tryRemoveChild('parent');
    kubeObject(new Construct(chart, 'parent'), 'a', configMap('same'));
    expect(Testing.synth(chart)).toHaveLength(1);
  });

  test('fails for the two that are left when the first of three was removed', () => {
    const [chart] = chartsOf('one');
    ['a', 'b', 'c'].forEach((id) => kubeObject(chart, id, configMap('same')));
    chart.node.tryRemoveChild('a');
    expect(synth(chart)).toThrow(/is rendered by both one\/b and one\/c/);
  });
});
