import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { run } from '../../src/cli/main';
import { RUNTIMES } from '../../src/cli/runtimes';
import { EndpointPickerRuntime } from '../../src/pool';
import { eachGolden, gatewayManifest, goldens, modelDeployment, providerConfig, service } from '../manifests/manifests';
import { Result, runWith } from './terminal';

/** A Gateway whose body-based router is installed from elsewhere. */
function routedGateway(name?: string): any {
  const manifest = gatewayManifest(name);
  manifest.metadata.annotations = { 'inference-gateway.cdk8s.io/ignore': 'IGW1404=a chart installs the router' };
  return manifest;
}

const yamlOf = (...objects: any[]) => objects.map((object) => JSON.stringify(object)).join('\n---\n');
const expand = (objects: any[], ...options: string[]) => runWith(yamlOf(...objects), 'expand', '-', ...options);
const objectsOf = (text: string): any[] => parseAllDocuments(text).map((document) => {
  expect(document.errors).toEqual([]);
  return document.toJS();
});
const idsOf = ({ out }: Result) => objectsOf(out).map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
const find = ({ out }: Result, kind: string, name = 'qwen3') => objectsOf(out).find((object) => object.kind === kind && object.metadata.name === name);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'expand-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('a model from standard input is printed as its objects', () => {
  const result = expand([routedGateway(), modelDeployment()]);
  expect(result).toMatchObject({ status: 0, err: '' });
  expect(idsOf(result)).toEqual([
    'Gateway gateway-system/gateway', 'Deployment team-a/qwen3', 'Service team-a/qwen3', 'InferencePool team-a/qwen3',
    'ServiceAccount team-a/qwen3-epp', 'Role team-a/qwen3-epp', 'RoleBinding team-a/qwen3-epp', 'ConfigMap team-a/qwen3-epp',
    'Deployment team-a/qwen3-epp', 'Service team-a/qwen3-epp', 'DestinationRule team-a/qwen3-epp', 'HTTPRoute team-a/qwen3',
  ]);
});

describe('input', () => {
  test('is a file', () => {
    const file = join(folder, 'models.yaml');
    writeFileSync(file, yamlOf(gatewayManifest(), modelDeployment()));
    expect(runWith('', 'expand', file)).toEqual(expand([gatewayManifest(), modelDeployment()]));
  });

  test('is a folder', () => {
    mkdirSync(join(folder, 'team-a'));
    writeFileSync(join(folder, 'gateway.json'), yamlOf(gatewayManifest()));
    writeFileSync(join(folder, 'team-a', 'model.yml'), yamlOf(modelDeployment()));
    writeFileSync(join(folder, 'README.md'), 'not read');
    expect(runWith('', 'expand', folder)).toEqual(expand([gatewayManifest(), modelDeployment()]));
  });

  test('is printed to the same bytes every time, whatever the order of fields', () => {
    const first = expand([gatewayManifest(), modelDeployment('a'), modelDeployment('b')]);
    const turned = (object: any) => Object.fromEntries(Object.entries(object).reverse());
    expect(expand([gatewayManifest(), modelDeployment('a'), modelDeployment('b')])).toEqual(first);
    expect(expand([turned(gatewayManifest()), turned(modelDeployment('a')), turned(modelDeployment('b'))])).toEqual(first);
  });

  test('chooses the provider that a model leaves out', () => {
    const open = modelDeployment('open', 'team-a', { provider: {}, resources: { gpu: { count: 2 } } });
    expect(idsOf(expand([open]))).toEqual(['RayService team-a/open']);
    expect(idsOf(expand([open, providerConfig('vllm')]))).toEqual(['Deployment team-a/open', 'Service team-a/open']);
  });

  test('may be Gateways alone, which are printed as they are', () => {
    const result = expand([gatewayManifest('a'), gatewayManifest('b')]);
    expect(result).toMatchObject({ status: 0, err: '' });
    expect(objectsOf(result.out)).toEqual([gatewayManifest('a'), gatewayManifest('b')]);
  });
});

describe('output', () => {
  test('YAML that reads alike under 1.1 and 1.2', () => {
    const tricky = modelDeployment('qwen3', 'team-a', { env: [{ name: 'A', value: 'yes' }, { name: 'B', value: '0644' }, { name: 'C', value: '12:30' }] });
    const { out } = expand([tricky]);
    const [older, newer] = (['1.1', '1.2'] as const).map((version) => parseAllDocuments(out, { version }).map((document) => document.toJS()));
    expect(older).toEqual(newer);
    expect(older[0].spec.template.spec.containers[0].env).toEqual(tricky.spec.env);
  });

  test('goes into a folder, one file for each model and one for the Gateways', () => {
    const input = [routedGateway(), modelDeployment('c', 'a-b'), modelDeployment('b-c', 'a', { model: { id: 'other' } })];
    const output = join(folder, 'made', 'here');
    const result = expand(input, '-o', output);
    expect(result).toMatchObject({ status: 0, out: '' });
    expect(readdirSync(output).sort()).toEqual(['a-b.c.yaml', 'a.b-c.yaml', 'gateways.yaml']);
    expect(result.err).toMatch(/^wrote .*gateways\.yaml \(1\)\nwrote .*a-b\.c\.yaml \(11\)\nwrote .*a\.b-c\.yaml \(11\)\n$/);
    const written = ['gateways', 'a-b.c', 'a.b-c'].map((name) => readFileSync(join(output, `${name}.yaml`), 'utf8'));
    expect(written.flatMap(objectsOf)).toEqual(objectsOf(expand(input).out));
    expect(written.join('---\n')).toBe(expand(input).out);
  });

  test('into a folder replaces what is there and leaves other files alone', () => {
    writeFileSync(join(folder, 'team-a.qwen3.yaml'), 'old');
    writeFileSync(join(folder, 'other.yaml'), 'kept');
    expect(expand([modelDeployment()], '--output', folder).status).toBe(0);
    expect(readFileSync(join(folder, 'team-a.qwen3.yaml'), 'utf8')).toMatch(/^apiVersion: apps\/v1\nkind: Deployment/);
    expect(readFileSync(join(folder, 'other.yaml'), 'utf8')).toBe('kept');
  });

  test('a model that only its operator makes objects for has no file', () => {
    const result = expand([gatewayManifest(), providerConfig('mine'), modelDeployment('x', 'y', { provider: { name: 'mine' }, gateway: { enabled: false } })], '-o', folder);
    expect(result.status).toBe(0);
    expect(readdirSync(folder)).toEqual(['gateways.yaml']);
  });

  test('fails for a folder that cannot be written to', () => {
    writeFileSync(join(folder, 'file'), '');
    const result = expand([modelDeployment()], '-o', join(folder, 'file'));
    expect(result).toMatchObject({ status: 1, out: '' });
    expect(result.err).toContain(`--output ${join(folder, 'file')}: cannot be written to: EEXIST`);
  });
});

test('warns of a Gateway without a body-based router, which may be installed from elsewhere', () => {
  const { status, err } = expand([gatewayManifest(), modelDeployment()]);
  expect(status).toBe(0);
  expect(err).toMatch(/^warning Gateway gateway-system\/gateway: IGW1404 .*when one is installed from elsewhere, mute this for the Gateway and say so\n$/);
});

describe('options', () => {
  test('--gateway chooses among those of the input', () => {
    const input = [gatewayManifest('a'), routedGateway('b'), modelDeployment()];
    expect(find(expand(input), 'HTTPRoute')).toBeUndefined();
    const result = expand(input, '--gateway', 'gateway-system/b');
    expect(find(result, 'HTTPRoute').spec.parentRefs).toEqual([{ name: 'b', namespace: 'gateway-system' }]);
    expect(find(result, 'Gateway', 'b').spec.listeners[0].allowedRoutes.namespaces.from).toBe('Selector');
    expect(find(result, 'Gateway', 'a')).toEqual(gatewayManifest('a'));
    expect(result.err).toBe('');
  });

  test('--gateway names one that exists elsewhere', () => {
    const result = expand([modelDeployment()], '--gateway', 'infra/shared', '--implementation', 'istio');
    expect(find(result, 'HTTPRoute').spec.parentRefs).toEqual([{ name: 'shared', namespace: 'infra' }]);
    expect(find(result, 'DestinationRule', 'qwen3-epp')).toBeDefined();
    expect(find(result, 'Gateway', 'shared')).toBeUndefined();
    expect(result.err).toBe('');
  });

  test('--gateway elsewhere without its class is warned of', () => {
    const result = expand([modelDeployment()], '--gateway', 'infra/shared');
    expect(find(result, 'DestinationRule', 'qwen3-epp')).toBeUndefined();
    expect(result).toMatchObject({ status: 0, err: 'warning --gateway infra/shared: is not part of the input, so its class is not known; say --implementation, istio for example\n' });
    expect(find(expand([modelDeployment()], '--gateway', 'infra/shared', '--istio'), 'DestinationRule', 'qwen3-epp')).toBeDefined();
    expect(expand([modelDeployment()], '--gateway', 'infra/shared', '--no-istio').err).toBe('');
  });

  test.each(['shared', 'a/b/c', '/b', 'a/', ''])('fails for --gateway %j', (name) => {
    expect(expand([modelDeployment()], '--gateway', name)).toEqual({ status: 2, out: '', err: `--gateway ${name}: is not <namespace>/<name>\n` });
  });

  test('--implementation goes before the class of the Gateway', () => {
    expect(find(expand([gatewayManifest(), modelDeployment()], '--implementation', 'eg'), 'DestinationRule', 'qwen3-epp')).toBeUndefined();
    const gke = expand([gatewayManifest(), modelDeployment()], '--implementation', 'gke-l7-rilb');
    expect(find(gke, 'HTTPRoute').spec.rules[0].timeouts).toBeUndefined();
    expect(find(gke, 'Gateway', 'gateway').spec.gatewayClassName).toBe('istio');
  });

  test('--istio and --no-istio decide on DestinationRules', () => {
    const eg = { ...gatewayManifest(), spec: { ...gatewayManifest().spec, gatewayClassName: 'eg' } };
    expect(find(expand([eg, modelDeployment()]), 'DestinationRule', 'qwen3-epp')).toBeUndefined();
    expect(find(expand([eg, modelDeployment()], '--istio'), 'DestinationRule', 'qwen3-epp')).toBeDefined();
    expect(find(expand([gatewayManifest(), modelDeployment()], '--no-istio'), 'DestinationRule', 'qwen3-epp')).toBeUndefined();
  });

  test('--namespace is that of objects that name none', () => {
    const objects = [gatewayManifest(), modelDeployment(), service('qwen3', '', [{ port: 8001 }])];
    objects.forEach(({ metadata }) => delete metadata.namespace);
    const [model, gateway] = [objects[1], objects[0]];
    expect(idsOf(expand([model]))).toEqual(['Deployment default/qwen3', 'Service default/qwen3']);
    const result = expand([gateway, model], '--namespace', 'team-q', '--gateway', 'team-q/gateway');
    expect(new Set(objectsOf(result.out).map(({ metadata }) => metadata.namespace))).toEqual(new Set(['team-q']));
    expect(find(result, 'HTTPRoute').spec.parentRefs).toEqual([{ name: 'gateway', namespace: 'team-q' }]);
    expect(expand([model, objects[2]], '--namespace', 'team-q').err).toContain('IGW603 Service is "team-q/qwen3"');
  });

  test('--epp-port and --epp-image are those of the endpoint pickers', () => {
    const result = expand([gatewayManifest(), modelDeployment()], '--epp-port', '9100', '--epp-image', 'mine:1');
    expect(find(result, 'Service', 'qwen3-epp').spec.ports[0].port).toBe(9100);
    expect(find(result, 'InferencePool').spec.endpointPickerRef.port).toEqual({ number: 9100 });
    expect(find(result, 'Deployment', 'qwen3-epp').spec.template.spec.containers[0].image).toBe('mine:1');
  });

  test.each(['0', '65536', '1.5', 'http', '-1'])('fails for --epp-port %s', (port) => {
    const result = expand([modelDeployment()], `--epp-port=${port}`);
    expect(result).toMatchObject({ status: 2, out: '' });
    expect(result.err).toContain('Not a port from 1 to 65535.');
  });

  test.each([...RUNTIMES])('--runtime %s is the build of the endpoint pickers whose provider names no image', (name, runtime) => {
    const result = expand([gatewayManifest(), modelDeployment(), modelDeployment('other', 'team-a', { provider: { name: 'llmd' } })], '--runtime', name);
    const imageOf = (picker: string) => find(result, 'Deployment', picker).spec.template.spec.containers[0].image;
    expect(imageOf('qwen3-epp')).toBe(runtime.image);
    expect(imageOf('other-epp')).toMatch(/^ghcr\.io\/llm-d\//);
    expect(find(result, 'ConfigMap', 'qwen3-epp').data['default-plugins.yaml']).toContain(runtime.configApiVersion);
  });

  test('fails for a --runtime that is not known, and lists those that are', () => {
    const result = expand([modelDeployment()], '--runtime', 'gaie-1.6');
    expect(result).toMatchObject({ status: 2, out: '' });
    expect(result.err).toContain('Not one of gaie-1.4, gaie-1.5, ');
    expect([...RUNTIMES.values()]).toHaveLength(Object.values(EndpointPickerRuntime).length);
  });

  test('--keep-allowed-routes leaves the Gateway as it is', () => {
    const input = [gatewayManifest(), modelDeployment()];
    expect(find(expand(input), 'Gateway', 'gateway').spec.listeners[0].allowedRoutes.namespaces.from).toBe('Selector');
    expect(find(expand(input, '--keep-allowed-routes'), 'Gateway', 'gateway')).toEqual(gatewayManifest());
  });
});

describe('warnings', () => {
  test('go to standard error, once, and change nothing else', () => {
    const result = expand([modelDeployment()]);
    expect(result.status).toBe(0);
    expect(result.err).toBe(
      'warning expand/input/ModelDeployment-team-a-qwen3/Model: IGW405 gateway: is not known, so only the workload is rendered; '
      + 'pass `gateway`, or say `gatewayEnabled: false` if that is meant\n',
    );
    expect(idsOf(result)).toEqual(['Deployment team-a/qwen3', 'Service team-a/qwen3']);
  });

  test('are written by the command, not behind its back', () => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    expand([modelDeployment()]);
    expect(write).not.toHaveBeenCalled();
    write.mockRestore();
  });
});

describe('mistakes', () => {
  const wrong = [
    { kind: 'Pod' }, modelDeployment('one', 'team-a', { model: {} }), modelDeployment('two', 'team-a', { scaling: { replicas: 99 } }), modelDeployment('good'),
  ];

  test('fails with all of them on standard error and nothing else', () => {
    const result = expand(wrong);
    expect(result).toMatchObject({ status: 1, out: '' });
    expect(result.err).toMatch(/^standard input: 2 mistakes\n {2}IGW601 standard input:1 apiVersion: is missing/);
    expect(result.err).toMatch(/\nstandard input:3 ModelDeployment team-a\/one: 1 mistake\n {2}IGW202 spec\.model\.id: is missing/);
    expect(result.err).toMatch(/\nstandard input:5 ModelDeployment team-a\/two: 1 mistake\n {2}IGW204 spec\.scaling\.replicas is 99: /);
  });

  test('fails without making the folder', () => {
    const output = join(folder, 'out');
    expect(expand(wrong, '-o', output)).toMatchObject({ status: 1, out: '' });
    expect(existsSync(output)).toBe(false);
  });

  test('fails for a path that is not there', () => {
    const path = join(folder, 'missing.yaml');
    expect(runWith('', 'expand', path)).toEqual({
      status: 1, out: '', err: `${path}: 1 mistake\n  IGW601 ${path}: is not a file or a folder; correct the path\n`,
    });
  });

  test('fails for standard input that is not UTF-8', () => {
    expect(runWith(Uint8Array.of(0xff, 0xfe), 'expand', '-').err).toContain('IGW601 standard input: is not text in UTF-8; save it as UTF-8');
  });

  // In these the cluster kept anything from being made, not the input.
  const byCluster = ['s00a_no_gateway_crds_enabled_true', 's06d_kaito_upstream_missing', 's12_vllm_default_image_unresolvable'];
  const refused = goldens().filter(([name, { expected, input }]) => expected.length === 0 && input.length > 0 && !byCluster.includes(name));
  eachGolden('fails where the live system makes nothing:', refused, ({ input }) => {
    expect(expand(input)).toMatchObject({ status: 1, out: '', err: expect.stringMatching(/IGW\d{3}/) });
  });

  test.each([[''], ['# nothing'], [yamlOf(service('x', 'y', []))]])('fails for input without a model: %j', (text) => {
    expect(runWith(text, 'expand', '-')).toEqual({
      status: 1, out: '', err: 'standard input: holds no ModelDeployment and no Gateway, so there is nothing to render\n',
    });
  });

  test('fails for two models that make the same object', () => {
    const legacy = { ...modelDeployment(), apiVersion: 'kubeairunway.ai/v1alpha1' };
    const result = expand([gatewayManifest(), modelDeployment(), legacy]);
    expect(result).toMatchObject({ status: 1, out: '' });
    expect(result.err).toContain('IGW103 Deployment.apps team-a/qwen3 is rendered by both');
  });
});

describe('the command', () => {
  test('says how it is used', () => {
    const result = runWith('', 'expand', '--help');
    expect(result).toMatchObject({ status: 0, err: '' });
    const options = ['--gateway', '--implementation', '--istio', '--no-istio', '--namespace', '--epp-port', '--epp-image', '--runtime', '--keep-allowed-routes', '-o, --output'];
    options.forEach((option) => expect(result.out).toContain(`${option} `));
    expect(runWith('', '--help')).toMatchObject({ status: 0, out: expect.stringContaining('expand [options] <path>') });
  });

  test('says its version', () => {
    expect(runWith('', '--version')).toEqual({ status: 0, out: '1.2.3\n', err: '' });
  });

  test.each([
    [[], /Usage: inference-gateway/],
    [['expand'], /missing required argument 'path'/],
    [['expand', 'a', 'b'], /too many arguments/],
    [['expand', '-', '--nonsense'], /unknown option '--nonsense'/],
    [['expand', '-', '--gateway'], /argument missing/],
    [['shrink'], /unknown command 'shrink'/],
  ])('fails for the call %j', (args, message) => {
    const result = runWith('', ...args);
    expect(result).toMatchObject({ status: 2, out: '' });
    expect(result.err).toMatch(message);
  });

  test('an error that is not one of the input is not swallowed', () => {
    const terminal = {
      in: () => {
        throw new TypeError('a mistake of ours');
      }, out: () => undefined, err: () => undefined,
    };
    expect(() => run(['expand', '-'], terminal)).toThrow(new TypeError('a mistake of ours'));
  });
});
