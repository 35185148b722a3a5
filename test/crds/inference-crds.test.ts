import { ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { CrdFamily, InferenceCrds, InferenceCrdsProps } from '../../src/crds';
import { downloadCrds } from '../../src/crds/crd-download';
import * as sources from '../../src/crds/crd-sources';

const WIDGETS = crd('widgets', 'example.test');
const GADGETS = crd('gadgets', 'example.test');

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'inference-crds-'));
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(directory, { recursive: true, force: true });
});

test('renders the CustomResourceDefinitions of a folder', () => {
  write('gaie/widgets.yaml', WIDGETS);

  const [widgets] = render({ families: [CrdFamily.GAIE], directory });

  expect(widgets).toEqual({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.test', annotations: { 'example.test/release': 'v1' } },
    spec: {
      group: 'example.test',
      names: { kind: 'Widgets', plural: 'widgets' },
      scope: 'Namespaced',
      versions: [{
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            description: 'kept',
            properties: { spec: { 'type': 'object', 'properties': {}, 'x-kubernetes-validations': [{ rule: 'true' }] } },
          },
        },
      }],
    },
  });
});

test('ids are the names, sorted, whatever the order of files and families', () => {
  write('kaito/b.yml', GADGETS);
  write('gaie/a.yaml', WIDGETS);
  const build = (families: CrdFamily[]) => {
    const { definitions } = new InferenceCrds(Testing.chart(), 'Crds', { families, directory });
    return definitions.map((object) => object.node.id);
  };

  const ids = ['gadgets.example.test', 'widgets.example.test'];
  expect(build([CrdFamily.GAIE, CrdFamily.KAITO])).toEqual(ids);
  expect(build([CrdFamily.KAITO, CrdFamily.GAIE, CrdFamily.KAITO])).toEqual(ids);
});

test('other objects next to the definitions are left out', () => {
  write('gateway-api/bundle.yaml', [WIDGETS, '', policy('a'), GADGETS].join('\n---\n'));
  write('gateway-api/policy.yaml', policy('b'));

  expect(names(render({ families: [CrdFamily.GATEWAY_API], directory }))).toEqual(['gadgets.example.test', 'widgets.example.test']);
});

test('definitions are cluster-scoped: the namespace of the chart is not written', () => {
  write('gaie/widgets.yaml', WIDGETS);
  const chart = new Chart(Testing.app(), 'chart', { namespace: 'team' });
  new InferenceCrds(chart, 'Crds', { families: [CrdFamily.GAIE], directory });

  expect(Testing.synth(chart)[0].metadata).not.toHaveProperty('namespace');
});

test('a matching checksum passes, in either case of letters', () => {
  write('gaie/widgets.yaml', WIDGETS);
  const checksum = sha256(WIDGETS).toUpperCase();

  expect(render({ families: [CrdFamily.GAIE], directory, sha256: { 'widgets.yaml': checksum } })).toHaveLength(1);
});

describe('fails', () => {
  const failure = (props: InferenceCrdsProps): string => {
    try {
      render(props);
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('it did not fail');
  };

  test('fails without a family', () => {
    expect(failure({ families: [], directory })).toContain('chart/Crds: 1 mistake\n  IGW602 families is []: is empty; allowed: gateway-api, gaie, ');
  });

  test('fails on an unknown family', () => {
    const families = ['knative' as CrdFamily];
    expect(failure({ families, directory })).toMatch(/families is \["knative"\]: has an unknown family; allowed: .*argo-cd/);
  });

  test('fails when the folder is missing', () => {
    const folder = join(directory, 'nowhere');
    const message = failure({ families: [CrdFamily.GAIE, CrdFamily.KAITO], directory: folder });
    expect(message).toMatch(/^chart\/Crds: 1 mistake\n.*"[^"]*nowhere": no such folder; put/);
  });

  test('fails when sub-folders are missing or empty, naming each', () => {
    mkdirSync(join(directory, 'kaito'));
    const message = failure({ families: [CrdFamily.GAIE, CrdFamily.KAITO], directory });
    expect(message).toContain("it has no sub-folder 'gaie'");
    expect(message).toContain("its sub-folder 'kaito' has no .yaml or .yml file");
  });

  test('fails on a file that is not YAML', () => {
    write('gaie/broken.yaml', 'spec: {{ .Values.spec }}\n  a: : b');
    expect(failure({ families: [CrdFamily.GAIE], directory })).toMatch(/broken\.yaml: is not YAML: .+; replace the file/);
  });

  test('fails on a file without a Kubernetes object', () => {
    write('gaie/page.yaml', '<html>not found</html>');
    const message = failure({ families: [CrdFamily.GAIE], directory });
    expect(message).toMatch(/^chart\/Crds: 1 mistake\n.*page\.yaml: has no CustomResourceDefinition, nor any other/);
  });

  test('fails on a folder that only has other objects', () => {
    write('gateway-api/policy.yaml', policy('a'));
    expect(failure({ families: [CrdFamily.GATEWAY_API], directory })).toMatch(/gateway-api: has no CustomResourceDefinition; put/);
  });

  test('fails on a truncated definition', () => {
    write('gaie/widgets.yaml', WIDGETS.slice(0, WIDGETS.indexOf('  versions:')));
    expect(failure({ families: [CrdFamily.GAIE], directory })).toContain("the CustomResourceDefinition 'widgets.example.test' is incomplete");
  });

  test('fails when two files hold the same definition', () => {
    write('gaie/a.yaml', WIDGETS);
    write('kaito/b.yaml', WIDGETS);
    expect(failure({ families: [CrdFamily.GAIE, CrdFamily.KAITO], directory })).toMatch(/widgets\.example\.test: is in both .*a\.yaml and .*b\.yaml/);
  });

  test('fails on a checksum that differs, with both', () => {
    write('gaie/widgets.yaml', WIDGETS);
    const expected = sha256(GADGETS);
    const message = failure({ families: [CrdFamily.GAIE], directory, sha256: { 'widgets.yaml': expected } });
    expect(message).toContain(`sha256['widgets.yaml'] is "${expected}"`);
    expect(message).toContain(`has the checksum ${sha256(WIDGETS)}`);
  });

  test('fails on a checksum that is none, and on one for an unknown file', () => {
    write('gaie/widgets.yaml', WIDGETS);
    const message = failure({ families: [CrdFamily.GAIE], directory, sha256: { 'widgets.yaml': 'abc', 'gadgets.yaml': sha256(GADGETS) } });
    expect(message).toContain('sha256[\'widgets.yaml\'] is "abc": is not a SHA-256 checksum; allowed: 64 hexadecimal digits');
    expect(message).toMatch(/sha256\['gadgets\.yaml'\] is "[0-9a-f]{64}": no such file is loaded; allowed: widgets\.yaml/);
  });
});

describe('from URLs', () => {
  let server: ChildProcess;
  let base: string;
  let nobody: string;

  // In a process of its own: loading is synchronous, so a server in this one could not answer.
  const SERVER = `
    const server = require('node:http').createServer((request, answer) => {
      if (request.url === '/silent') return;
      const bodies = JSON.parse(process.argv[1]);
      const found = request.url in bodies;
      if (request.url === '/moved') answer.writeHead(302, { location: '/widgets.yaml' });
      else answer.writeHead(found ? 200 : 404);
      answer.end(found ? bodies[request.url] : 'none');
    });
    server.listen(0, '127.0.0.1', () => {
      const closed = require('node:http').createServer().listen(0, '127.0.0.1', () => {
        const { port } = closed.address();
        closed.close(() => console.log(server.address().port + ' ' + port));
      });
    });
  `;

  beforeAll(async () => {
    const bodies = { '/widgets.yaml': WIDGETS, '/gadgets.yaml': GADGETS, '/page': '<html></html>', '/policy': policy('a') };
    server = spawn(process.execPath, ['-e', SERVER, JSON.stringify(bodies)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ports = await new Promise<string>((resolve) => server.stdout!.once('data', (data: Buffer) => resolve(data.toString().trim())));
    [base, nobody] = ports.split(' ').map((port) => `http://127.0.0.1:${port}`) as [string, string];
  });

  afterAll(() => {
    server.kill();
  });

  const serve = (...urls: string[]) => jest.spyOn(sources, 'crdUrls').mockReturnValue(urls);

  test('the default URLs name the pinned releases', () => {
    const pinned = /^https:\/\/github\.com\/[\w-]+\/[\w-]+\/raw\/(v?\d+\.\d+\.\d+|[0-9a-f]{40})\/[\w./-]+\.yaml$/;
    for (const url of Object.values(CrdFamily).flatMap((family) => sources.crdUrls(family))) expect(url).toMatch(pinned);
    expect(sources.crdUrls(CrdFamily.KAITO, 'http://base')[0]).toMatch(/^http:\/\/base\/kaito-project\/kaito\/raw\/v/);
  });

  test('renders what the URLs answer, through redirects', () => {
    serve(`${base}/moved`, `${base}/gadgets.yaml`);
    expect(names(render({ families: [CrdFamily.GAIE] }))).toEqual(['gadgets.example.test', 'widgets.example.test']);
  });

  test('checksums are keyed by URL', () => {
    const url = `${base}/widgets.yaml`;
    serve(url);
    expect(render({ families: [CrdFamily.GAIE], sha256: { [url]: sha256(WIDGETS) } })).toHaveLength(1);
    const attempt = (key: string, checksum: string) => () => render({ families: [CrdFamily.GAIE], sha256: { [key]: checksum } });
    expect(attempt(url, sha256('other'))).toThrow(`has the checksum ${sha256(WIDGETS)}`);
    expect(attempt('widgets.yaml', sha256(WIDGETS))).toThrow(`no such file is loaded; allowed: ${url}`);
  });

  test('fails on an answer that is not 200', () => {
    serve(`${base}/missing.yaml`);
    expect(() => render({ families: [CrdFamily.GAIE] })).toThrow(`IGW602 ${base}/missing.yaml: cannot be loaded: HTTP 404 Not Found; download`);
  });

  test('fails on a port where nobody answers, once for all URLs', () => {
    serve(`${nobody}/a.yaml`, `${nobody}/b.yaml`);
    const attempt = () => render({ families: [CrdFamily.GAIE] });
    expect(attempt).toThrow('chart/Crds: 1 mistake\n');
    expect(attempt).toThrow(`IGW602 ${nobody}/a.yaml and 1 more: cannot be loaded: fetch failed: ECONNREFUSED; `);
    expect(attempt).toThrow('set `directory` to the folder');
  });

  test('fails when no answer comes in time', () => {
    const { files, mistakes } = downloadCrds([`${base}/silent`, `${base}/widgets.yaml`], 500);
    expect(files.map((file) => file.key)).toEqual([`${base}/widgets.yaml`]);
    expect(mistakes).toEqual([expect.objectContaining({ field: `${base}/silent`, problem: 'cannot be loaded: no answer within 500 ms' })]);
  });

  test('fails on an answer without a definition', () => {
    serve(`${base}/page`, `${base}/policy`);
    const attempt = () => render({ families: [CrdFamily.GAIE] });
    expect(attempt).toThrow(`${base}/page: has no CustomResourceDefinition`);
    expect(attempt).toThrow(`${base}/policy: has no CustomResourceDefinition`);
  });
});

describe('upstream definitions', () => {
  const crdsDir = process.env.CRDS_DIR;
  if (!crdsDir) console.info('skipped: the definitions of every family are compared only when CRDS_DIR names a folder that holds them');

  const KINDS: Record<CrdFamily, string[]> = {
    [CrdFamily.GATEWAY_API]: ['BackendTLSPolicy', 'GRPCRoute', 'Gateway', 'GatewayClass', 'HTTPRoute', 'ListenerSet', 'ReferenceGrant', 'TLSRoute'],
    [CrdFamily.GAIE]: ['InferenceModelRewrite', 'InferenceObjective', 'InferencePool', 'InferencePoolImport'],
    [CrdFamily.AIRUNWAY]: ['InferenceProviderConfig', 'ModelDeployment'],
    [CrdFamily.AIRUNWAY_LEGACY]: ['InferenceProviderConfig', 'ModelDeployment'],
    [CrdFamily.HIGRESS]: ['Http2Rpc', 'McpBridge', 'WasmPlugin'],
    [CrdFamily.ISTIO]: [
      'AuthorizationPolicy', 'DestinationRule', 'EnvoyFilter', 'Gateway', 'PeerAuthentication', 'ProxyConfig', 'RequestAuthentication',
      'ServiceEntry', 'Sidecar', 'Telemetry', 'TrafficExtension', 'VirtualService', 'WasmPlugin', 'WorkloadEntry', 'WorkloadGroup',
    ],
    [CrdFamily.KAITO]: ['InferenceSet', 'Workspace'],
    [CrdFamily.KUBERAY]: ['RayService'],
    [CrdFamily.ARGO_CD]: ['AppProject', 'Application', 'ApplicationSet'],
  };

  (crdsDir ? test : test.skip).each(Object.values(CrdFamily))('%s is rendered whole', (family) => {
    const rendered = render({ families: [family], directory: crdsDir });
    expect(rendered.map((object) => object.spec.names.kind).sort()).toEqual(KINDS[family]);

    const folder = join(crdsDir!, family);
    const specs = readdirSync(folder)
      .flatMap((name) => parseAllDocuments(readFileSync(join(folder, name), 'utf8')).map((document) => document.toJS()))
      .filter((document) => document?.kind === 'CustomResourceDefinition')
      .map((document) => [document.metadata.name, document.spec]);
    expect(Object.fromEntries(rendered.map((object) => [object.metadata.name, object.spec]))).toEqual(Object.fromEntries(specs));
  });
});

function render(props: InferenceCrdsProps): any[] {
  const chart = new Chart(Testing.app(), 'chart');
  new InferenceCrds(chart, 'Crds', props);
  return Testing.synth(chart);
}

function names(objects: any[]): string[] {
  return objects.map((object) => object.metadata.name);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), text);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function policy(name: string): string {
  return `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata:\n  name: ${name}\n`;
}

function crd(plural: string, group: string): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${plural}.${group}
  annotations:
    example.test/release: v1
spec:
  group: ${group}
  names:
    kind: ${plural[0]!.toUpperCase()}${plural.slice(1)}
    plural: ${plural}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          description: kept
          properties:
            spec:
              type: object
              properties: {}
              x-kubernetes-validations:
                - rule: 'true'
status:
  conditions: null
  storedVersions: null
`;
}
