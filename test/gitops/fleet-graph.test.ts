import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Chart, Testing } from 'cdk8s';
import { AllowedRoutes, GatewayImplementation, InferenceGateway, InferenceGatewayProps } from '../../src/gateway';
import { Fleet, FleetModel, FleetProps } from '../../src/gitops';
import { GraphOptions } from '../../src/graph/graph-options';
import { Engine, Model, ModelDeployment, ModelDeploymentProps } from '../../src/model';
import { ProviderGateway } from '../../src/provider';
import '../../src/graph/register';

function siteOf(props: Partial<FleetProps> = {}, more: Partial<InferenceGatewayProps> = {}) {
  const app = Testing.app();
  const platform = new Chart(app, 'platform', { namespace: 'gateway-system' });
  const gateway = new InferenceGateway(platform, 'gateway', { implementation: GatewayImplementation.istio(), ...more });
  gateway.addBodyBasedRouter();
  const provider = ProviderGateway.vllm(platform, 'vllm');
  const fleet = new Fleet(app, 'fleet', { gateway, provider, ...props });
  return { app, platform, gateway, provider, fleet };
}

const model = (name: string, more: Partial<ModelDeploymentProps> = {}, location?: string) => FleetModel.of(name, {
  namespace: 'team', model: Model.huggingFace('Qwen/Qwen3-0.6B', { servedName: name }), engine: Engine.vllm(), ...more,
}, { location });

/** Its pods do not have the name that its route asks for. */
const otherName = { engine: Engine.vllm({ extraArgs: ['--served-model-name', 'other'] }) };

function said(run: () => void): string {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    run();
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    write.mockRestore();
  }
}

test('the smallest fleet has no mistake', () => {
  const { fleet, app } = siteOf();
  fleet.addModel(model('a'));
  expect(said(() => { fleet.write(); app.synth(); })).toBe('');
});

test('fails for one bad model among many, with all that is wrong, and writes nothing', () => {
  const { fleet, app } = siteOf();
  for (let index = 0; index < 200; index++) {
    const more = { 77: otherName, 99: { podLabels: { team: 'not valid!' } } }[index];
    fleet.addModel(model(`model-${index}`, more, index === 99 ? 'models.csv:100' : undefined));
  }
  const message = /IGW1005.*|.*IGW1402.*/;
  let error = '';
  try {
    fleet.write();
  } catch ({ message: text }: any) {
    error = text;
  }
  expect(error).toMatch(message);
  expect(error.split('\n').slice(1)).toEqual([
    expect.stringMatching(/Deployment team\/model-99 \(models\.csv:100 fleet\/team\.model-99\): IGW1005 metadata\.labels\.team is "not valid!"/),
    expect.stringMatching(/IGW1005 spec\.template\.metadata\.labels\.team/),
    expect.stringMatching(/HTTPRoute team\/model-77 \(fleet\/team\.model-77\): IGW1402 .* is "model-77": is no model that the pods/),
  ]);
  expect(existsSync(fleet.outdir)).toBe(false);
  expect(() => app.synth()).toThrow(/IGW1402/);
});

test('fails once for models that are wrong in the same way, and names some of them', () => {
  const { fleet } = siteOf();
  for (let index = 0; index < 60; index++) fleet.addModel(model(`model-${index}`, otherName));
  expect(() => fleet.write()).toThrow(/^[^\n]*\n[^\n]*model-0 \(fleet\/team\.model-0, and in the same way fleet\/team\.model-1, .*-2, .*-3 and 56 others\): IGW1402[^\n]*$/);
});

test('fails once for models that are wrong in the same way and tuned in ways of their own', () => {
  const { fleet } = siteOf();
  for (let index = 0; index < 9; index++) {
    fleet.addModel(model(`model-${index}`, { engine: Engine.vllm({ contextLength: 1024 * (index + 1), extraArgs: ['--served-model-name', 'other', `--seed=${index}`] }) }));
  }
  expect(() => fleet.write()).toThrow(/^[^\n]*\n[^\n]*model-0 \(fleet\/team\.model-0, and in the same way .* and 5 others\): IGW1402[^\n]*$/);
});

test('fails for a model that only its namespace keeps from being served', () => {
  const allowedRoutes = AllowedRoutes.matchLabels({ models: 'yes' });
  const { fleet, platform } = siteOf({}, { allowedRoutes });
  for (const [name, labels] of Object.entries({ one: { models: 'yes' }, two: { models: 'yes' }, three: { models: 'no' } })) {
    new ApiObject(platform, name, { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
    for (let index = 0; index < 5; index++) fleet.addModel(model(`${name}-${index}`, { namespace: name }));
  }
  let error = '';
  const warnings = said(() => {
    try {
      fleet.write();
    } catch ({ message }: any) {
      error = message;
    }
  });
  expect(error + warnings).toMatch(/three\/three-0 \(fleet\/three\.three-0, and in the same way fleet\/three\.three-1, .* and 1 others\)/);
  expect(error + warnings).not.toMatch(/fleet\/(one|two)/);
});

describe('an app that is closed', () => {
  const route = (scope: Chart, pool: string) => new ApiObject(scope, `route-${pool}`, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: `route-${pool}`, namespace: 'team' },
    spec: { parentRefs: [{ name: 'gateway', namespace: 'gateway-system' }], rules: [{ backendRefs: [{ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: pool, port: 8000 }] }] },
  });

  function closed(pool: string): () => void {
    const { fleet, app, platform } = siteOf();
    GraphOptions.of(app).closed();
    new ApiObject(platform, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } });
    new ApiObject(platform, 'system', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'gateway-system' } });
    for (let index = 0; index < 20; index++) fleet.addModel(model(`model-${index}`));
    route(platform, pool);
    return () => { said(() => { fleet.write(); app.synth(); }); };
  }

  test('knows the models that other objects refer to', () => {
    expect(closed('model-13')).not.toThrow(/route-model-13/);
  });

  test('fails for one that is not there', () => {
    expect(closed('model-99')).toThrow(/HTTPRoute team\/route-model-99 .*model-99/);
  });
});

test('a rule muted for the fleet: the reason is in every file that it is about, as in those of charts', () => {
  const site = siteOf();
  GraphOptions.of(site.fleet).mute('IGW1402', { reason: 'a sidecar renames it' });
  const plain = siteOf();
  for (const name of ['model-1', 'model-2', 'model-3']) {
    site.fleet.addModel(model(name, otherName));
    const chart = new Chart(plain.app, name, { namespace: 'team' });
    GraphOptions.of(chart).mute('IGW1402', { reason: 'a sidecar renames it' });
    new ModelDeployment(chart, name, { ...model(name, otherName)._props!, gateway: plain.gateway, provider: plain.provider });
  }
  expect(said(() => { site.fleet.write(); site.app.synth(); plain.app.synth(); })).toBe('');
  for (const name of ['model-1', 'model-2', 'model-3']) {
    const text = readFileSync(join(site.fleet.outdir, `team.${name}.k8s.yaml`), 'utf8');
    expect(text).toContain('    inference-gateway.cdk8s.io/ignore: IGW1402=a sidecar renames it\n');
    expect(text).toBe(readFileSync(join(plain.app.outdir, `${name}.k8s.yaml`), 'utf8'));
  }
});

test('an app that is not checked', () => {
  const { fleet, app } = siteOf();
  GraphOptions.of(app).disable({ reason: 'a test' });
  fleet.addModel(model('a', otherName));
  expect(said(() => fleet.write())).toMatch(/the graph of the app is not checked: a test/);
});

test('more objects than are checked at once', () => {
  const { fleet } = siteOf();
  for (let index = 0; index < 920; index++) fleet.addModel(model(`model-${index}`, { env: [{ name: 'INDEX', value: `value ${index}` }], ...(index === 919 ? otherName : {}) }));
  expect(() => fleet.write()).toThrow(/^[^\n]*\n[^\n]*model-919 \(fleet\/team\.model-919\): IGW1402[^\n]*$/);
});
