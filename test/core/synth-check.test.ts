import { App, Chart, Testing, YamlOutputType } from 'cdk8s';
import { kubeObject, registerSynthCheck } from '../../src/core';

const calls: string[] = [];
let errors: string[] = [];

registerSynthCheck((root) => {
  calls.push(root.node.findAll().map(({ node }) => node.id).join(' '));
  return errors;
});

beforeEach(() => {
  calls.length = 0;
  errors = [];
});

function appOf(...charts: string[]): App {
  const app = Testing.app();
  for (const id of charts) kubeObject(new Chart(app, id), 'object', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id } });
  return app;
}

test('a synth is checked once, however many charts there are', () => {
  appOf('a', 'b', 'c').synth();
  expect(calls).toHaveLength(1);
});

test('two synths in a row are both checked, with what changed in between', () => {
  const app = appOf('a');
  app.synth();
  new Chart(app, 'later');
  app.synth();
  app.synthYaml();
  expect(calls).toEqual([' a object', ' a object later', ' a object later']);
});

test.each(Object.values(YamlOutputType))('once for output type %s', (yamlOutputType) => {
  const app = Testing.app({ yamlOutputType: yamlOutputType as YamlOutputType });
  kubeObject(new Chart(app, 'a'), 'object', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } });
  kubeObject(new Chart(app, 'b'), 'object', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' } });
  app.synth();
  expect(calls).toHaveLength(1);
});

test('a chart that is synthesized by itself is checked', () => {
  const chart = appOf('a').charts[0];
  Testing.synth(chart);
  Testing.synth(chart);
  expect(calls).toHaveLength(2);
});

test('an app that extends another is checked once', () => {
  class Outer extends App {
    public override synth(): void {
      super.synth();
    }
  }
  const app = new Outer({ outdir: Testing.app().outdir });
  kubeObject(new Chart(app, 'a'), 'object', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } });
  kubeObject(new Chart(app, 'b'), 'object', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' } });
  app.synth();
  expect(calls).toHaveLength(1);
});

test('fails with what a check says, and the next synth is checked again', () => {
  const app = appOf('a', 'b');
  errors = ['one', 'two'];
  expect(() => app.synth()).toThrow('Validation failed with the following errors:\n  [] one\n  [] two');
  errors = [];
  app.synth();
  expect(calls).toHaveLength(2);
});

test('apps without our objects are not looked at', () => {
  const app = Testing.app();
  new Chart(app, 'a');
  app.synth();
  expect(calls).toEqual([]);
});
