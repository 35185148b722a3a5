import { ApiObject, App, Testing } from 'cdk8s';
import { AirunwayApi, warningsOf } from '../../src/core';
import { AllowedRoutes, BodyBasedRouter, GatewayImplementation, GatewayListener, InferenceGateway, InferenceGatewayProps } from '../../src/gateway';
import { chartsOf, objectOf, objectsOf, stderrOf } from '../synth';

const implementation = GatewayImplementation.istio();

function gatewayOf(props: Partial<InferenceGatewayProps> = {}): any {
  const [chart] = chartsOf('gateway-system');
  new InferenceGateway(chart, 'inference-gateway', { implementation, ...props });
  return objectOf(chart, 'Gateway');
}

function make(props: Partial<InferenceGatewayProps> = {}): InferenceGateway {
  return new InferenceGateway(chartsOf('gateway-system')[0], 'inference-gateway', { implementation, ...props });
}

test('the smallest gateway listens on HTTP port 80 for routes of its own namespace, and AI Runway finds it', () => {
  const [chart] = chartsOf('gateway-system');
  const gateway = new InferenceGateway(chart, 'inference-gateway', { implementation });
  expect(objectsOf(chart)).toEqual([{
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'inference-gateway', namespace: 'gateway-system', labels: { 'airunway.ai/inference-gateway': 'true' } },
    spec: {
      gatewayClassName: 'istio',
      listeners: [{ name: 'http', protocol: 'HTTP', port: 80, allowedRoutes: { namespaces: { from: 'Same' } } }],
    },
  }]);
  expect(gateway).toMatchObject({
    gatewayName: 'inference-gateway', gatewayNamespace: 'gateway-system', implementation, airunwayApi: AirunwayApi.AIRUNWAY,
  });
  expect(ApiObject.of(gateway)).toBe(gateway.gateway);
});

describe('name and namespace', () => {
  test('are the id and the chart\'s namespace unless given', () => {
    expect(gatewayOf({ name: 'gw', namespace: 'edge' }).metadata).toMatchObject({ name: 'gw', namespace: 'edge' });
  });

  test('are default in a chart without a namespace', () => {
    const chart = Testing.chart();
    expect(new InferenceGateway(chart, 'gw', { implementation }).gatewayNamespace).toBe('default');
    expect(objectOf(chart, 'Gateway').metadata.namespace).toBe('default');
  });

  test('fails with all invalid names together', () => {
    const props = { name: 'My_Gateway', namespace: 'a.b', implementation: GatewayImplementation.of('') };
    expect(() => make(props)).toThrow(new RegExp([
      '^gateway-system/inference-gateway: 3 mistakes',
      '  IGW101 metadata\\.name is "My_Gateway": .*; set `name` to a valid name',
      '  IGW101 metadata\\.namespace is "a\\.b": .*; set `namespace` to a valid name',
      '  IGW101 spec\\.gatewayClassName is "": .*; set `gatewayClassName` to a valid name$',
    ].join('\n')));
  });

  test('fails for two gateways of one name', () => {
    const [chart] = chartsOf('edge');
    new InferenceGateway(chart, 'a', { implementation, name: 'gw' });
    new InferenceGateway(chart, 'b', { implementation, name: 'gw' });
    expect(() => Testing.synth(chart)).toThrow(
      'IGW103 Gateway.gateway.networking.k8s.io edge/gw is rendered by both edge/a/Resource and edge/b/Resource',
    );
  });
});

describe('labels and annotations', () => {
  test('of the user go beside the label AI Runway looks for', () => {
    expect(gatewayOf({ labels: { team: 'ml' }, annotations: { note: 'x' } }).metadata).toEqual({
      name: 'inference-gateway',
      namespace: 'gateway-system',
      labels: { 'airunway.ai/inference-gateway': 'true', 'team': 'ml' },
      annotations: { note: 'x' },
    });
  });

  test('of the user go first', () => {
    expect(gatewayOf({ labels: { 'airunway.ai/inference-gateway': 'false' } }).metadata.labels).toEqual({ 'airunway.ai/inference-gateway': 'false' });
  });

  test('are those of the older API group when asked for', () => {
    expect(gatewayOf({ airunwayApi: AirunwayApi.KUBEAIRUNWAY, bbrNamespace: 'bbr' }).metadata).toMatchObject({
      labels: { 'kubeairunway.ai/inference-gateway': 'true' }, annotations: { 'kubeairunway.ai/bbr-namespace': 'bbr' },
    });
  });

  test('tell AI Runway the namespace of a router that something else deploys', () => {
    expect(gatewayOf({ bbrNamespace: 'bbr-system' }).metadata.annotations).toEqual({ 'airunway.ai/bbr-namespace': 'bbr-system' });
  });
});

describe('infrastructure', () => {
  test('is absent unless something is set', () => {
    expect(gatewayOf().spec).not.toHaveProperty('infrastructure');
  });

  test('has labels, annotations and parameters', () => {
    const parametersRef = { group: '', kind: 'ConfigMap', name: 'options' };
    expect(gatewayOf({ infrastructureLabels: { a: 'b' }, infrastructureAnnotations: { c: 'd' }, parametersRef }).spec.infrastructure).toEqual({
      labels: { a: 'b' }, annotations: { c: 'd' }, parametersRef,
    });
  });

  test('makes Azure probe every listener by TCP', () => {
    const listeners = [GatewayListener.http({ port: 8080 }), GatewayListener.http({ name: 'other', port: 9000 })];
    expect(gatewayOf({ listeners, azureLoadBalancer: true }).spec.infrastructure).toEqual({
      annotations: {
        'service.beta.kubernetes.io/port_8080_health-probe_protocol': 'tcp', 'service.beta.kubernetes.io/port_9000_health-probe_protocol': 'tcp',
      },
    });
  });

  test('keeps annotations of the user beside Azure\'s, and before them', () => {
    const probe = 'service.beta.kubernetes.io/port_80_health-probe_protocol';
    const infrastructureAnnotations = { [probe]: 'http', note: 'x' };
    expect(gatewayOf({ azureLoadBalancer: true, infrastructureAnnotations }).spec.infrastructure.annotations).toEqual({ [probe]: 'http', note: 'x' });
  });
});

describe('listeners', () => {
  test('all of them are rendered, each with the same allowed routes', () => {
    const listeners = [GatewayListener.http(), GatewayListener.http({ name: 'internal', port: 8080, hostname: 'models.internal' })];
    expect(gatewayOf({ listeners, allowedRoutes: AllowedRoutes.all() }).spec.listeners).toEqual([
      { name: 'http', protocol: 'HTTP', port: 80, allowedRoutes: { namespaces: { from: 'All' } } },
      { name: 'internal', protocol: 'HTTP', port: 8080, hostname: 'models.internal', allowedRoutes: { namespaces: { from: 'All' } } },
    ]);
  });

  test('an empty list is the default', () => {
    expect(gatewayOf({ listeners: [] }).spec.listeners).toEqual(gatewayOf().spec.listeners);
  });
});

describe('fromGatewayName', () => {
  test('renders nothing, and takes routes of any namespace', () => {
    const [chart] = chartsOf('team-a');
    const gateway = InferenceGateway.fromGatewayName(chart, 'gw', { name: 'shared', namespace: 'gateway-system', implementation });
    gateway.attach(chart, { namespace: 'team-a', modelName: 'qwen3' });
    expect(objectsOf(chart)).toEqual([]);
    expect(gateway).toMatchObject({
      gatewayName: 'shared', gatewayNamespace: 'gateway-system', implementation, airunwayApi: AirunwayApi.AIRUNWAY,
    });
  });

  test('is in the chart\'s namespace unless told otherwise, and of the API group given', () => {
    const [chart] = chartsOf('team-a');
    const reference = { name: 'shared', implementation, airunwayApi: AirunwayApi.KUBEAIRUNWAY };
    expect(InferenceGateway.fromGatewayName(chart, 'gw', reference)).toMatchObject({
      gatewayNamespace: 'team-a', airunwayApi: AirunwayApi.KUBEAIRUNWAY,
    });
  });
});

describe('the same model name twice', () => {
  test('on a gateway warns once, with both routes', () => {
    const [chart, one, two] = chartsOf('gateway-system', 'one', 'two');
    const gateway = new InferenceGateway(chart, 'gw', { implementation });
    [one, two].forEach((team) => gateway.attach(team, { namespace: team.node.id, modelName: 'qwen3' }));
    expect(warningsOf(gateway)).toEqual([
      'warning two: IGW403 modelName is "qwen3": is also the name one answers to on Gateway gateway-system/gw, ' +
      'which picks one of the two silently; set `modelName` or `servedName` to a name of its own, one with the team in it for example',
    ]);
    expect(stderrOf(App.of(chart) as App)).toHaveLength(1);
  });

  test('does not warn for one route that attaches twice, for two gateways, or for routes without a model name', () => {
    const [chart, one, two] = chartsOf('gateway-system', 'one', 'two');
    const [a, b] = ['a', 'b'].map((id) => new InferenceGateway(chart, id, { implementation }));
    a.attach(one, { namespace: 'one', modelName: 'qwen3' });
    a.attach(one, { namespace: 'one', modelName: 'qwen3' });
    b.attach(two, { namespace: 'two', modelName: 'qwen3' });
    [one, two].forEach((team) => a.attach(team, { namespace: 'x' }));
    expect(warningsOf(chart)).toEqual([]);
  });

  test('does not warn when the other route was removed', () => {
    const [chart, one, two] = chartsOf('gateway-system', 'one', 'two');
    const gateway = new InferenceGateway(chart, 'gw', { implementation });
    gateway.attach(one, { namespace: 'one', modelName: 'qwen3' });
    chart.node.root.node.tryRemoveChild('one');
    gateway.attach(two, { namespace: 'two', modelName: 'qwen3' });
    expect(warningsOf(chart)).toEqual([]);
  });

  test('warns across all references to one gateway', () => {
    const [one, two] = chartsOf('one', 'two');
    [one, two].forEach((team) => {
      const gateway = InferenceGateway.fromGatewayName(team, 'gw', { name: 'shared', namespace: 'edge', implementation });
      gateway.attach(team, { namespace: team.node.id, modelName: 'qwen3' });
    });
    expect(warningsOf(one)).toEqual([expect.stringMatching(/^warning two: IGW403 .* the name one answers to on Gateway edge\/shared,/)]);
  });
});

describe('several models without a body-based router', () => {
  function warningsWith(props: Partial<InferenceGatewayProps>, modelNames: string[], more?: (gateway: InferenceGateway) => void): string[] {
    const charts = chartsOf('gateway-system', ...modelNames.map((_, index) => `team-${index}`));
    const gateway = new InferenceGateway(charts[0], 'gw', { implementation, ...props });
    more?.(gateway);
    modelNames.forEach((modelName, index) => gateway.attach(charts[index + 1], { namespace: 'gateway-system', modelName }));
    return stderrOf(App.of(gateway) as App).filter((line) => line.includes('IGW404'));
  }

  const warning = 'warning gateway-system/gw: IGW404 bodyBasedRouter: is missing while several models attach: clients that do not send the header ' +
    'X-Gateway-Model-Name get 404; call addBodyBasedRouter(), or set `bbrNamespace` when something else deploys a router';

  test('warn once at synth, however many models and charts there are', () => {
    expect(warningsWith({}, ['a', 'b'])).toEqual([warning]);
    expect(warningsWith({}, ['a', 'b', 'c', 'd', 'e'])).toEqual([warning]);
  });

  test.each([
    GatewayImplementation.envoyGateway(), GatewayImplementation.agentgateway(), GatewayImplementation.gke(),
  ])('warn on $gatewayClassName', (other) => {
    expect(warningsWith({ implementation: other }, ['a', 'b'])).toEqual([warning]);
  });

  test('do not warn before the app is complete', () => {
    const gateway = make();
    ['a', 'b'].forEach((modelName) => gateway.attach(gateway, { namespace: 'gateway-system', modelName }));
    expect(warningsOf(gateway)).toEqual([]);
  });

  test('do not warn when there is one name', () => {
    expect(warningsWith({}, ['a'])).toEqual([]);
    expect(warningsWith({}, ['a', 'a'])).toEqual([]);
  });

  test('do not warn when there is a router, however it was made', () => {
    expect(warningsWith({}, ['a', 'b'], (gateway) => gateway.addBodyBasedRouter())).toEqual([]);
    expect(warningsWith({}, ['a', 'b'], (gateway) => new BodyBasedRouter(gateway.node.scope as any, 'bbr', { gateway }))).toEqual([]);
  });

  test('do not warn when something else deploys the router', () => {
    expect(warningsWith({ bbrNamespace: 'bbr' }, ['a', 'b'])).toEqual([]);
    expect(warningsWith({ annotations: { 'airunway.ai/bbr-namespace': 'bbr' } }, ['a', 'b'])).toEqual([]);
  });

  test('do not warn where no router can be plugged in', () => {
    expect(warningsWith({ implementation: GatewayImplementation.kgateway() }, ['a', 'b'])).toEqual([]);
    expect(warningsWith({ implementation: GatewayImplementation.of('nginx') }, ['a', 'b'])).toEqual([]);
  });
});
