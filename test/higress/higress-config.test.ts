import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import * as yaml from 'yaml';
import { GpuStackRelease, GpuStackUpstream, HigressConfigMap, HigressConfigSource, HigressPlugins, HigressSettings } from '../../src';
import { chartsOf, objectOf } from '../synth';

const settings = new HigressSettings({ idleTimeout: Duration.seconds(1800), upstreamIdleTimeout: Duration.seconds(3) });
const configMap = (higress: unknown, more: object = {}) => ({
  apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'higress-config', namespace: 'edge', labels: { app: 'higress-gateway' }, ...more }, data: { higress, mesh: 'a: b\n' },
});

test('the smallest settings', () => {
  expect(new HigressSettings({}).toChartValues()).toEqual({});
  expect(settings.toText()).toBe('downstream:\n  idleTimeout: 1800\nupstream:\n  idleTimeout: 3\n');
});

describe('as values of a chart', () => {
  test('of Higress itself and below its name in another chart', () => {
    const values = { downstream: { idleTimeout: 1800 }, upstream: { idleTimeout: 3 } };
    expect(settings.toChartValues()).toEqual(values);
    expect(settings.toChartValues('higress-core')).toEqual({ 'higress-core': values });
  });

  test('with every setting', () => {
    expect(new HigressSettings({
      idleTimeout: Duration.minutes(3),
      routeTimeout: Duration.seconds(0),
      maxRequestHeadersKb: 96,
      connectionBufferLimits: 65536,
      upstreamIdleTimeout: Duration.seconds(10),
      upstreamConnectionBufferLimits: 1048576,
    }).toChartValues()).toEqual({
      downstream: { idleTimeout: 180, routeTimeout: 0, maxRequestHeadersKb: 96, connectionBufferLimits: 65536 },
      upstream: { idleTimeout: 10, connectionBufferLimits: 1048576 },
    });
  });

  test('of a GPUStack gateway, with timeouts of one\'s own', () => {
    const [chart] = chartsOf('higress-system');
    const plugins = new HigressPlugins(chart, 'gpustack', {
      release: GpuStackRelease.V2_2_3,
      upstream: GpuStackUpstream.embedded(),
      idleTimeout: Duration.hours(1),
      upstreamIdleTimeout: Duration.seconds(5),
    });
    expect(plugins.higressSettings.toChartValues()).toEqual({ downstream: { idleTimeout: 3600 }, upstream: { idleTimeout: 5 } });
  });
});

describe('merged into a text', () => {
  test('keeps comments, other keys and their order', () => {
    expect(settings.mergeInto([
      '# ours', 'zeta: {enable: true}', 'downstream: # clients', '  idleTimeout: 180 # seconds', '  maxRequestHeadersKb: 60',
      'alpha: [1, 2]', '',
    ].join('\n'))).toBe([
      '# ours', 'zeta: {enable: true}', 'downstream:', '  # clients', '  idleTimeout: 1800 # seconds', '  maxRequestHeadersKb: 60',
      'alpha: [1, 2]', 'upstream:', '  idleTimeout: 3', '',
    ].join('\n'));
  });

  test('keeps a text that says the same, byte for byte', () => {
    const text = '# my comment\nupstream: {idleTimeout: "3"}\ndownstream: {idleTimeout:   1800}\n';
    expect(settings.mergeInto(text)).toBe(text);
  });

  test('leaves a section alone that another one is an alias of', () => {
    const merged = yaml.parse(settings.mergeInto('downstream: &all\n  idleTimeout: 10\nupstream: *all\n'));
    expect(merged).toEqual({ downstream: { idleTimeout: 1800 }, upstream: { idleTimeout: 3 } });
    expect(yaml.parse(settings.mergeInto('other: &all {idleTimeout: 10, keep: 1}\nupstream: *all\n'))).toEqual({
      other: { idleTimeout: 10, keep: 1 }, upstream: { idleTimeout: 3, keep: 1 }, downstream: { idleTimeout: 1800 },
    });
  });

  test('changes nothing but the settings, and nothing when merged again', () => {
    const scalar = fc.oneof(fc.integer(), fc.boolean(), fc.string(), fc.constant(null));
    const fields = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), scalar, { maxKeys: 4 });
    fc.assert(fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fields, { minKeys: 1, maxKeys: 4 }), fields, (others, downstream) => {
      const before = { ...others, downstream };
      const once = settings.mergeInto(yaml.stringify(before, { version: '1.1' }));
      const upstream = (others as Record<string, object>).upstream ?? {};
      expect(yaml.parse(once, { version: '1.1' })).toEqual({
        ...before, downstream: { ...downstream, idleTimeout: 1800 }, upstream: { ...upstream, idleTimeout: 3 },
      });
      expect(settings.mergeInto(once)).toBe(once);
    }));
  });

  // The first three crash GPUStack at its start.
  test.each([
    ['an empty text', '', /IGW737 data.higress is "": is empty; write `downstream: \{\}`/],
    ['a section without fields', 'downstream:\n  idleTimeout: 1800\nupstream:\n', /IGW737 data.higress.upstream is null: is not a map; remove `upstream`/],
    ['a section that is a number', 'downstream: 5\n', /IGW737 data.higress.downstream is 5: is not a map/],
    ['a list', '- a\n', /IGW737 data.higress is \["a"\]: is not a map/],
    ['two documents', 'a: 1\n---\nb: 2\n', /IGW737 data.higress: holds 2 documents/],
    ['what is no YAML', 'a: [1\n', /IGW737 data.higress: is not YAML/],
    ['a key that is there twice', 'downstream: {}\ndownstream: {}\n', /IGW737 data.higress: is not YAML: Map keys must be unique/],
  ])('fails for %s', (_, text, message) => {
    expect(() => settings.mergeInto(text)).toThrow(message);
  });
});

describe('as a ConfigMap', () => {
  test('whole', () => {
    const [chart] = chartsOf('higress-system');
    new HigressConfigMap(chart, 'config', { settings, source: HigressConfigSource.whole({ mesh: 'rootNamespace: higress-system\n' }) });
    expect(objectOf(chart, 'ConfigMap')).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'higress-config', namespace: 'higress-system' },
      data: { higress: settings.toText(), mesh: 'rootNamespace: higress-system\n', meshNetworks: 'networks: {}' },
    });
  });

  test('merged into one that exists', () => {
    const [chart] = chartsOf('higress-system');
    const existing = { ...configMap('gzip: {}\n', { annotations: { note: 'keep' }, uid: '1', resourceVersion: '7' }), immutable: false };
    new HigressConfigMap(chart, 'config', { settings, source: HigressConfigSource.existing(existing) });
    expect(objectOf(chart, 'ConfigMap')).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'higress-config', namespace: 'edge', labels: { app: 'higress-gateway' }, annotations: { note: 'keep' } },
      immutable: false,
      data: { higress: 'gzip: {}\ndownstream:\n  idleTimeout: 1800\nupstream:\n  idleTimeout: 3\n', mesh: 'a: b\n' },
    });
  });

  test('of a GPUStack gateway, in its namespace', () => {
    const [chart] = chartsOf('any');
    const { higressConfig } = new HigressPlugins(chart, 'gpustack', {
      release: GpuStackRelease.V2_2_3, upstream: GpuStackUpstream.embedded(), higressConfig: HigressConfigSource.existing(configMap('a: {}\n')),
    });
    expect(higressConfig!.namespace).toBe('higress-system');
    expect(objectOf(chart, 'ConfigMap').data.higress).toBe('a: {}\ndownstream:\n  idleTimeout: 1800\nupstream:\n  idleTimeout: 3\n');
  });

  describe('from a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'config-'));
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const render = (path: string) => {
      const [chart] = chartsOf('higress-system');
      new HigressConfigMap(chart, 'config', { settings, source: HigressConfigSource.file(path) });
      return objectOf(chart, 'ConfigMap');
    };
    afterAll(() => rmSync(folder, { recursive: true }));

    test('with other objects around it, or as a list', () => {
      const object = configMap('a: {}\n');
      const text = yaml.stringify(object);
      const expected = render(file('one.yaml', text));
      expect(render(file('some.yaml', `kind: Service\n---\n${text}`))).toEqual(expected);
      expect(render(file('list.json', JSON.stringify({ kind: 'List', items: [object] })))).toEqual(expected);
    });

    test('fails for a file without it, and for none', () => {
      expect(() => render(file('none.yaml', 'kind: Service\n'))).toThrow(/IGW737 source is ".*none.yaml": holds 0 ConfigMaps named higress-config/);
      expect(() => render(file('broken.yaml', 'a: [\n'))).toThrow(/IGW737 source is ".*broken.yaml": is not YAML/);
      expect(() => render(join(folder, 'missing.yaml'))).toThrow(/IGW737 source is ".*missing.yaml": is not a file or a folder/);
    });
  });

  test.each([
    ['a ConfigMap without the key', { ...configMap('x'), data: { mesh: 'a: b\n' } }, /IGW737 source.data.higress: is missing; give the ConfigMap that Higress runs with/],
    ['a ConfigMap without data', { ...configMap('x'), data: undefined }, /IGW737 source.data.higress: is missing/],
    ['another ConfigMap', configMap('a: {}', { name: 'other' }), /IGW737 source.metadata.name is "other": is not higress-config/],
    ['another kind', { ...configMap('a: {}'), kind: 'Secret' }, /IGW737 source.kind is "Secret": is not ConfigMap/],
    ['no manifest', 'text', /IGW737 source is "text": is not a manifest/],
    ['an empty key', configMap(''), /IGW737 data.higress is "": is empty/],
  ])('fails for %s', (_, existing, message) => {
    const [chart] = chartsOf('higress-system');
    expect(() => new HigressConfigMap(chart, 'config', { settings, source: HigressConfigSource.existing(existing) })).toThrow(message);
  });
});

test.each([
  ['mesh that is a text', { mesh: 'none' }, /IGW737 source.mesh is "none": is no map in YAML/],
  ['networks that are no YAML', { mesh: '', meshNetworks: 'a: [' }, /IGW737 source.meshNetworks is "a: \[": is no map in YAML/],
])('fails for a whole ConfigMap with %s', (_, options, message) => {
  const [chart] = chartsOf('higress-system');
  expect(() => new HigressConfigMap(chart, 'config', { settings, source: HigressConfigSource.whole(options) })).toThrow(message);
});

test.each([
  [{ maxRequestHeadersKb: 9000 }, /IGW737 maxRequestHeadersKb is 9000.*allowed: 1 to 8192/],
  [{ connectionBufferLimits: -1 }, /IGW737 connectionBufferLimits is -1: is not a size/],
  [{ idleTimeout: Duration.millis(10) }, /IGW737 idleTimeout is "10ms": is not in whole seconds/],
])('fails for numbers that Higress does not take', (props, message) => {
  expect(() => new HigressSettings(props)).toThrow(message);
});
