import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { GatewayImplementation, InferenceGateway } from '../../src/gateway';
import { DefaultRendering, Engine, Model, ModelDeployment, ModelDeploymentProps, Rendering } from '../../src/model';
import { ProviderGateway } from '../../src/provider';
import { chartsOf, idsOf, objectsOf } from '../synth';

function add(chart: Chart, id: string, props: Partial<ModelDeploymentProps> = {}, scope: Construct = chart): ModelDeployment {
  return new ModelDeployment(scope, id, {
    model: Model.huggingFace('a/b', { servedName: id }),
    engine: Engine.vllm(),
    provider: ProviderGateway.vllm(chart, `provider-${id}`, { register: false }),
    gatewayEnabled: false,
    ...props,
  });
}

test('the smallest app renders statically', () => {
  const chart = Testing.chart();
  expect(DefaultRendering.of(chart)).toBe(Rendering.STATIC);
  const model = add(chart, 'qwen3');
  expect(model.rendering).toBe(Rendering.STATIC);
  expect(model.customResource).toBeUndefined();
  expect(idsOf(chart)).toEqual(['Deployment default/qwen3', 'Service default/qwen3']);
});

describe('the default', () => {
  test('of the app, of a chart below it, and of a construct below that', () => {
    const app = Testing.app();
    const charts = [new Chart(app, 'a'), new Chart(app, 'b')];
    const group = new Construct(charts[1], 'group');
    DefaultRendering.set(app, Rendering.CONTROLLER);
    DefaultRendering.set(charts[1], Rendering.STATIC);
    DefaultRendering.set(group, Rendering.CONTROLLER);
    expect([charts[0], charts[1], group].map((scope) => DefaultRendering.of(scope))).toEqual([
      Rendering.CONTROLLER, Rendering.STATIC, Rendering.CONTROLLER,
    ]);
    expect([add(charts[0], 'x').rendering, add(charts[1], 'y').rendering, add(charts[1], 'z', {}, group).rendering]).toEqual([
      Rendering.CONTROLLER, Rendering.STATIC, Rendering.CONTROLLER,
    ]);
  });

  test('yields to the model, and can be set again', () => {
    const chart = Testing.chart();
    DefaultRendering.set(chart, Rendering.CONTROLLER);
    expect(add(chart, 'a', { rendering: Rendering.STATIC }).rendering).toBe(Rendering.STATIC);
    DefaultRendering.set(chart, Rendering.STATIC);
    expect(add(chart, 'b').rendering).toBe(Rendering.STATIC);
  });

  test('of one app says nothing of another', () => {
    DefaultRendering.set(Testing.app(), Rendering.CONTROLLER);
    expect(DefaultRendering.of(new App())).toBe(Rendering.STATIC);
  });
});

describe('a model is rendered one way only', () => {
  function renderBehindGateway(rendering: Rendering) {
    const [platform, team] = chartsOf('gateway-system', 'team-a');
    const gateway = new InferenceGateway(platform, 'gw', { implementation: GatewayImplementation.istio() });
    const model = add(team, 'qwen3', { gateway, rendering, gatewayEnabled: undefined });
    return { model, gateway, team };
  }

  test('statically: its objects, and never a ModelDeployment', () => {
    const { model, team } = renderBehindGateway(Rendering.STATIC);
    expect(idsOf(team)).toEqual([
      'Deployment team-a/qwen3',
      'Service team-a/qwen3',
      'InferencePool team-a/qwen3',
      'ServiceAccount team-a/qwen3-epp',
      'Role team-a/qwen3-epp',
      'RoleBinding team-a/qwen3-epp',
      'ConfigMap team-a/qwen3-epp',
      'Deployment team-a/qwen3-epp',
      'Service team-a/qwen3-epp',
      'DestinationRule team-a/qwen3-epp',
      'HTTPRoute team-a/qwen3',
    ]);
    expect(model.customResource).toBeUndefined();
    expect(model.workload.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['Deployment qwen3', 'Service qwen3']);
    expect([model.pool?.name, model.pool?.endpointPicker?.serviceName, model.route?.name]).toEqual(['qwen3', 'qwen3-epp', 'qwen3']);
  });

  test('for a controller: the ModelDeployment, and nothing else', () => {
    const { model, team } = renderBehindGateway(Rendering.CONTROLLER);
    expect(idsOf(team)).toEqual(['ModelDeployment team-a/qwen3']);
    expect(model.customResource?.kind).toBe('ModelDeployment');
    expect([model.workload, model.pool, model.route]).toEqual([[], undefined, undefined]);
  });

  test.each([Rendering.STATIC, Rendering.CONTROLLER])('either way (%s) the Gateway accepts its routes, and it has a default child', (rendering) => {
    const { gateway, model, team } = renderBehindGateway(rendering);
    const [listener] = objectsOf(Chart.of(gateway))[0].spec.listeners;
    expect(listener.allowedRoutes.namespaces.selector.matchExpressions).toEqual([
      { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['gateway-system', 'team-a'] },
    ]);
    expect(model.node.defaultChild).toBe(model.customResource ?? model.workload[0]);
    expect(objectsOf(team)).not.toEqual([]);
  });
});

test('fails when one model is rendered both ways, since the live controller deletes by name', () => {
  const [team, other] = chartsOf('team-a', 'team-b');
  add(team, 'qwen3');
  const again = () => add(team, 'again', { name: 'qwen3', rendering: Rendering.CONTROLLER });
  expect(again).toThrow(/IGW104 rendering is "controller": contradicts team-a\/qwen3, which renders model team-a\/qwen3 as static/);
  expect(() => add(other, 'qwen3', { rendering: Rendering.CONTROLLER })).not.toThrow();
});
