import { Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { namespaceOf } from '../../src/core';
import { chartsOf } from '../synth';

test('the smallest chart has no namespace, and default is written out', () => {
  expect(namespaceOf(Testing.chart())).toBe('default');
});

test('the chart\'s namespace goes for everything below it', () => {
  const [chart] = chartsOf('team-a');
  expect(namespaceOf(new Construct(new Construct(chart, 'a'), 'b'))).toBe('team-a');
});

test('a given namespace goes first', () => {
  expect(namespaceOf(chartsOf('team-a')[0], 'team-b')).toBe('team-b');
});

test('a nested chart has its own', () => {
  const [chart] = chartsOf('team-a');
  expect(namespaceOf(new Chart(chart, 'nested', { namespace: 'inner' }))).toBe('inner');
});
