import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Duration, Testing } from 'cdk8s';
import fc from 'fast-check';
import { emitYaml, warningsOf } from '../../src/core';
import { GatewayImplementation, InferenceGateway } from '../../src/gateway';
import { FastApp, Fleet, FleetModel } from '../../src/gitops';
import { TextTemplate } from '../../src/gitops/synth/text-template';
import { Engine, Model, ModelDeployment, ModelDeploymentProps, Rendering } from '../../src/model';
import { ProviderGateway } from '../../src/provider';

/** Names that are words of YAML, numbers, parts of others, or in the manifests anyway. */
const NAMES = [
  'no', 'yes', 'on', 'null', 'true', 'e3', 'e10', 'nan', 'a', 'b', 'x1', '1a', 'vllm', 'epp', 'model', 'http', 'default', 'app', 'ull', 'als', 'v1',
  'qwen3', 'qwen3-large', 'qwen3-large-x', 'llama', 'llama-8b', 'phi-4', 'team-a', 'gateway', 'gateway-system', 'kv-cache', 'pool', 'mistral', 'mixtral',
];
const SERVED = [...NAMES, 'Qwen/Qwen3-0.6B', 'meta-llama/Llama-3.1-8B', '0x1F', '1.5', 'a b', 'x: y', '~', 'Größe', '2024-01-01'];
const NAMESPACES = ['default', 'team-a', 'team-b', 'gateway-system', 'no'];

interface Case {
  readonly name: string;
  readonly namespace: string;
  readonly served?: string;
  readonly kind: number;
  readonly id: string;
}

const alike = fc.stringMatching(/^[abe]{2,5}-[a-c]{1,3}$/);
const mostly = <T>(usual: T, other: T) => fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(other) });

/** Of few kinds and namespaces, so that many are the same but for their names. */
const cases = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }), fc.constantFrom(...NAMESPACES), fc.constantFrom(...NAMESPACES))
  .chain(([kind, otherKind, namespace, otherNamespace]) => fc.uniqueArray(fc.record<Case>({
    name: fc.oneof(fc.constantFrom(...NAMES), alike, alike),
    namespace: mostly(namespace, otherNamespace),
    served: fc.oneof(fc.constantFrom(...SERVED), fc.constant(undefined), alike, alike, alike, alike),
    kind: mostly(kind, otherKind),
    id: mostly('Qwen/Qwen3-0.6B', 'a/b'),
  }), { minLength: 2, maxLength: 30, size: 'max', selector: ({ name, namespace: of }) => `${of}.${name}` }));

interface Site {
  readonly app: App;
  readonly gateway: InferenceGateway;
  readonly kinds: readonly Partial<ModelDeploymentProps>[];
}

function siteOf(app: App, implementation: GatewayImplementation): Site {
  const platform = new Chart(app, 'platform', { namespace: 'gateway-system' });
  const gateway = new InferenceGateway(platform, 'gateway', { implementation });
  gateway.addBodyBasedRouter();
  const [vllm, llmd, kuberay] = [ProviderGateway.vllm(platform, 'vllm'), ProviderGateway.llmd(platform, 'llmd'), ProviderGateway.kuberay(platform, 'kuberay')];
  const shared = { gateway: { managesInferencePool: true, inferencePoolNamePattern: 'shared', inferencePoolNamespace: 'pools' } };
  const dynamo = ProviderGateway.dynamo(platform, 'dynamo', shared);
  const endpointPicker = { metricsAuth: true, podDisruptionBudget: true, networkPolicy: {} };
  return {
    app,
    gateway,
    kinds: [
      { provider: vllm },
      { provider: vllm, endpointPicker, replicas: 3, env: [{ name: 'X', value: 'vllm' }] },
      { provider: llmd, timeout: Duration.minutes(5), podLabels: { 'qwen3': 'x', 'team': 'no' } },
      { provider: kuberay },
      { provider: vllm, rendering: Rendering.CONTROLLER },
      { provider: vllm, gatewayEnabled: false },
      { provider: dynamo, endpointPickerService: { name: 'shared-epp' } },
    ],
  };
}

function propsOf({ kinds, gateway }: Site, { namespace, served, kind, id }: Case): ModelDeploymentProps {
  return { gateway, namespace, model: Model.huggingFace(id, { servedName: served }), engine: Engine.vllm({ contextLength: 4096 }), ...kinds[kind] };
}

const IMPLEMENTATIONS = { istio: GatewayImplementation.istio(), gke: GatewayImplementation.gke() };

function quietly(run: () => void): void {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    run();
  } finally {
    write.mockRestore();
  }
}

function mistakeOf(run: () => void): string {
  try {
    run();
    return '';
  } catch (error) {
    return (error as Error).message.replace(/^\S+: /, '');
  }
}

test('the smallest template', () => {
  const template = new TextTemplate('a: b\nc: b-d\n', ['b']);
  expect(template.fill(['xyz'])).toBe('a: xyz\nc: xyz-d\n');
  expect(template.fillBytes(['xyz']).toString()).toBe('a: xyz\nc: xyz-d\n');
});

describe.each(Object.entries(IMPLEMENTATIONS))('%s', (_, implementation) => {
  test('any models in any order have the bytes, the warnings and the mistakes that each has by itself', () => {
    let members = 0;
    fc.assert(fc.property(cases, (models) => {
      const plain = siteOf(new FastApp({ outdir: Testing.app().outdir }), implementation);
      const ours = siteOf(new FastApp({ outdir: Testing.app().outdir }), implementation);
      const fleet = new Fleet(ours.app, 'fleet');
      const mistakes = [plain, ours].map((site) => models.map((model, index) => mistakeOf(() => {
        const props = propsOf(site, model);
        if (site === ours) fleet.addModel(FleetModel.of(model.name, props));
        else new ModelDeployment(new Chart(site.app, `c${index}`), 'm', { ...props, name: model.name });
      })));
      expect(mistakes[1]).toEqual(mistakes[0]);
      const linesOf = ({ app }: Site) => warningsOf(app).map((line) => line.replace(/^\S+ \S+ /, '').replaceAll(/(c\d+\/m[^ ]*|fleet\/[^ ]+)/g, '*'));
      expect(linesOf(ours)).toEqual(linesOf(plain));
      const objects = models.map((_model, index) => plain.app.node.tryFindChild(`c${index}`) as Chart);
      quietly(() => models.forEach(({ name, namespace }, index) => {
        if (mistakes[0][index] !== '') return;
        const entry = (fleet as any).models.get(`${namespace}.${name}`);
        expect((fleet as any).textOf(entry).toString()).toBe(textOf(objects[index]));
        expect(entry.manifests()).toEqual(JSON.parse(JSON.stringify(objects[index].toJson())));
        if (entry.text.member) members++;
      }));
    }), { numRuns: 60 });
    expect(members).toBeGreaterThan(100);
  });
});

function textOf(chart: Chart): string {
  return chart.toJson().map((object) => emitYaml(object)).join('---\n');
}

test('models of the same kind are written from one text', () => {
  const site = siteOf(Testing.app(), IMPLEMENTATIONS.istio);
  const fleet = new Fleet(site.app, 'fleet');
  let renders = 0;
  const add = (name: string, served: string) => {
    const props = propsOf(site, { name, namespace: 'n', served, kind: 0, id: 'a/b' });
    const engine = new Proxy(props.engine!, { get: (target, key) => { if (key === '_spec') renders++; return Reflect.get(target, key); } });
    fleet.addModel(FleetModel.of(name, { ...props, engine }));
  };
  for (let index = 10; index < 40; index++) add(`model-${index}`, `name-${index}`);
  expect(renders).toBeLessThan(10);
  fleet.write();
  expect(readdirSync(fleet.outdir)).toHaveLength(31);
  expect(readFileSync(join(fleet.outdir, 'n.model-33.k8s.yaml'), 'utf8')).toContain('value: name-33');
});
