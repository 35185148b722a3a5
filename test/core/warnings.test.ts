import { App, Chart, Testing } from 'cdk8s';
import { Mistake, warn, warnAtSynth, warningsOf } from '../../src/core';
import { chartsOf, stderrOf } from '../synth';

const notice = (problem: string): Mistake => ({ code: 'IGW405', field: 'gateway', problem, fix: 'set `gateway`' });

test('the smallest warning is one line on standard error', () => {
  const [chart] = chartsOf('team-a');
  warn(chart, notice('is missing'));
  expect(stderrOf(App.of(chart) as App)).toEqual(['warning team-a: IGW405 gateway: is missing; set `gateway`']);
});

describe('warn', () => {
  test('prints nothing before synth', () => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    warn(chartsOf('team-a')[0], notice('is missing'));
    expect(write).not.toHaveBeenCalled();
    write.mockRestore();
  });

  test('prints every warning once, however many charts there are', () => {
    const charts = chartsOf('a', 'b', 'c');
    charts.forEach((chart) => warn(chart, notice('is missing')));
    expect(stderrOf(App.of(charts[0]) as App)).toEqual(['a', 'b', 'c'].map((name) => `warning ${name}: IGW405 gateway: is missing; set \`gateway\``));
  });

  test('prints the same warning of a construct once', () => {
    const [chart] = chartsOf('a');
    warn(chart, notice('is missing'));
    warn(chart, notice('is missing'));
    expect(stderrOf(App.of(chart) as App)).toHaveLength(1);
    expect(warningsOf(chart)).toHaveLength(1);
  });

  test('prints only what is new when the app is synthesized again', () => {
    const [chart] = chartsOf('a');
    const app = App.of(chart) as App;
    warn(chart, notice('is old'));
    expect(stderrOf(app)).toHaveLength(1);
    expect(stderrOf(app)).toEqual([]);
    warn(chart, notice('is new'));
    expect(stderrOf(app)).toEqual([expect.stringContaining('is new')]);
  });

  test('keeps the warnings of apps apart, in the order they came up', () => {
    const [[one, two], [other]] = [chartsOf('one', 'two'), chartsOf('other')];
    warn(two, notice('second chart, first warning'));
    warn(one, notice('first chart, second warning'));
    expect(warningsOf(one)).toEqual([
      'warning two: IGW405 gateway: second chart, first warning; set `gateway`',
      'warning one: IGW405 gateway: first chart, second warning; set `gateway`',
    ]);
    expect(warningsOf(other)).toEqual([]);
  });

  test('does not stop the synth', () => {
    const [chart] = chartsOf('a');
    warn(chart, notice('is missing'));
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(Testing.synth(chart)).toEqual([]);
    jest.restoreAllMocks();
  });
});

describe('warnAtSynth', () => {
  test('sees what was added after it, and prints once', () => {
    const [chart, other] = chartsOf('a', 'b');
    const added: string[] = [];
    warnAtSynth(chart, () => added.map(notice));
    added.push('came late');
    new Chart(other, 'nested');
    expect(stderrOf(App.of(chart) as App)).toEqual(['warning a: IGW405 gateway: came late; set `gateway`']);
  });

  test('prints in a synth of one chart too', () => {
    const [chart] = chartsOf('a');
    warnAtSynth(chart, () => [notice('is missing')]);
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    Testing.synth(chart);
    expect(write.mock.calls).toEqual([['warning a: IGW405 gateway: is missing; set `gateway`\n']]);
    write.mockRestore();
  });

  test('says nothing of a construct that was removed', () => {
    const [chart] = chartsOf('a');
    warnAtSynth(chart, () => [notice('is missing')]);
    const app = App.of(chart) as App;
    app.node.tryRemoveChild('a');
    expect(stderrOf(app)).toEqual([]);
  });
});
