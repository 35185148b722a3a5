import { Chart, Duration } from 'cdk8s';
import { AirunwayApi, formatMistake, InvalidInputError, warningsOf } from '../../src/core';
import { GatewayImplementation, InferenceGateway, InferenceGatewayProps } from '../../src/gateway';
import { Engine, Model, ModelDeployment, ModelDeploymentProps, Rendering, Serving } from '../../src/model';
import { EngineType } from '../../src/plan';
import { EndpointPickerConfig } from '../../src/pool';
import { ProviderGateway } from '../../src/provider';
import { chartsOf, idsOf, objectOf, objectsOf } from '../synth';

interface Setup {
  readonly platform: Chart;
  readonly team: Chart;
  readonly gateway: InferenceGateway;
}

function setUp(options: Partial<InferenceGatewayProps> = {}): Setup {
  const [platform, team] = chartsOf('gateway-system', 'team-a');
  return { platform, team, gateway: new InferenceGateway(platform, 'gw', { implementation: GatewayImplementation.istio(), ...options }) };
}

function deploy({ gateway, platform, team }: Setup, props: Partial<ModelDeploymentProps> = {}, id = 'qwen3'): ModelDeployment {
  return new ModelDeployment(team, id, {
    gateway,
    provider: props.provider ?? ProviderGateway.vllm(platform, `vllm-${id}`, { register: false }),
    model: Model.huggingFace('Qwen/Qwen3-0.6B', { servedName: id }),
    engine: Engine.vllm(),
    ...props,
  });
}

function render(props: Partial<ModelDeploymentProps> = {}, options: Partial<InferenceGatewayProps> = {}): Setup & { model: ModelDeployment } {
  const setup = setUp(options);
  return { ...setup, model: deploy(setup, props) };
}

const listenerOf = ({ platform }: Setup) => objectOf(platform, 'Gateway').spec.listeners[0];
const warningsIn = ({ team }: Setup) => warningsOf(team);
const onKgateway = { implementation: GatewayImplementation.kgateway() };

/** Dynamo with its pools, and their endpoint pickers, in one namespace. */
function sharedPools({ platform }: Setup): ProviderGateway {
  const gateway = { inferencePoolNamePattern: '{namespace}-{name}-pool', inferencePoolNamespace: 'pools' };
  return ProviderGateway.dynamo(platform, 'dynamo', { gateway });
}

test('the smallest model is only a workload, and that is pointed out', () => {
  const setup = setUp();
  deploy(setup, { gateway: undefined });
  expect(idsOf(setup.team)).toEqual(['Deployment team-a/qwen3', 'Service team-a/qwen3']);
  expect(warningsIn(setup)).toEqual([
    'warning team-a/qwen3: IGW405 gateway: is not known, so only the workload is rendered; '
      + 'pass `gateway`, or say `gatewayEnabled: false` if that is meant',
  ]);
});

describe('the pool', () => {
  test('selects by the label that the pod template carries (trap 1)', () => {
    const { team } = render();
    const { selector, targetPorts, endpointPickerRef } = objectOf(team, 'InferencePool').spec;
    const [server] = objectsOf(team);
    expect(selector.matchLabels).toEqual({ 'airunway.ai/model-deployment': 'qwen3' });
    expect(server.spec.template.metadata.labels).toMatchObject(selector.matchLabels);
    expect(targetPorts).toEqual([{ number: 8000 }]);
    expect(endpointPickerRef).toEqual({ name: 'qwen3-epp', port: { number: 9002 } });
  });

  test('keeps selecting when the user sets that label, which is pointed out', () => {
    const setup = render({ podLabels: { 'airunway.ai/model-deployment': 'x' } });
    expect(objectsOf(setup.team)[0].spec.template.metadata.labels).toHaveProperty(['airunway.ai/model-deployment'], 'qwen3');
    expect(warningsIn(setup)).toEqual([
      expect.stringMatching(/IGW210 spec\.podTemplate\.metadata\.labels\.airunway\.ai\/model-deployment is "x": is replaced: .*allowed: qwen3/),
    ]);
  });

  test('selects decode pods only when disaggregated', () => {
    const setup = setUp();
    deploy(setup, {
      provider: ProviderGateway.llmd(setup.platform, 'llmd'), serving: Serving.disaggregated({ prefill: { gpus: 1 }, decode: { gpus: 1 } }),
    });
    const { selector } = objectOf(setup.team, 'InferencePool').spec;
    const labelled = objectsOf(setup.team).filter(({ kind, spec }) => kind === 'Deployment'
      && Object.entries(selector.matchLabels).every(([key, value]) => spec.template.metadata.labels[key] === value));
    expect(labelled.map(({ metadata }) => metadata.name)).toEqual(['qwen3-decode']);
  });

  test('selects the pods of a KAITO preset by the label that KAITO gives them', () => {
    const setup = setUp();
    deploy(setup, { provider: ProviderGateway.kaito(setup.platform, 'kaito'), model: Model.huggingFace('phi-4') });
    expect(objectOf(setup.team, 'InferencePool').spec.selector.matchLabels).toEqual({ 'kaito.sh/workspace': 'qwen3' });
    const template = setUp();
    const llamaCpp = { engine: Engine.llamaCpp(), image: 'llama:1', modelName: 'phi', model: Model.huggingFace('phi-4') };
    deploy(template, { provider: ProviderGateway.kaito(template.platform, 'kaito'), ...llamaCpp });
    const { labels } = objectOf(template.team, 'Workspace').inference.template.metadata;
    expect(objectOf(template.team, 'InferencePool').spec.selector.matchLabels).toEqual(labels);
  });

  test('targets the provider’s port, unless told another', () => {
    const portOf = (props: (setup: Setup) => Partial<ModelDeploymentProps>) => {
      const setup = setUp();
      deploy(setup, props(setup));
      return objectOf(setup.team, 'InferencePool').spec.targetPorts;
    };
    const kaito = ({ platform }: Setup) => ({ provider: ProviderGateway.kaito(platform, 'kaito') });
    const custom = ({ platform }: Setup) => ({
      provider: new ProviderGateway(platform, 'acme', { engines: [{ name: EngineType.VLLM }] }), resources: { gpus: 1 },
    });
    expect(portOf(kaito)).toEqual([{ number: 5000 }]);
    expect(portOf(custom)).toEqual([{ number: 8000 }]);
    expect(portOf((setup) => ({ ...kaito(setup), targetPort: 80 }))).toEqual([{ number: 80 }]);
  });
});

describe('the endpoint picker', () => {
  const containerOf = ({ team }: Setup) => objectsOf(team).find(({ kind, metadata }) => kind === 'Deployment' && metadata.name.endsWith('epp'))
    .spec.template.spec.containers[0];

  test('is the provider’s, field by field yielding to the model’s', () => {
    const setup = setUp();
    const config = EndpointPickerConfig.yaml('apiVersion: inference.networking.x-k8s.io/v1alpha1\nkind: EndpointPickerConfig\n');
    deploy(setup, { provider: ProviderGateway.llmd(setup.platform, 'llmd'), endpointPicker: { config, image: undefined, name: 'picker-epp' } });
    expect(containerOf(setup).image).toMatch(/^ghcr\.io\/llm-d\/llm-d-inference-scheduler:v/);
    expect(objectOf(setup.team, 'ConfigMap').data['default-plugins.yaml']).toBe(config.document);
    expect(objectOf(setup.team, 'InferencePool').spec.endpointPickerRef.name).toBe('picker-epp');
  });

  test('is the default where the provider says nothing', () => {
    expect(containerOf(render()).image).toMatch(/^registry\.k8s\.io\/gateway-api-inference-extension\/epp:v/);
  });

  test('may be one that exists', () => {
    const setup = render({ endpointPickerService: { name: 'shared', port: 9004 } });
    expect(objectOf(setup.team, 'InferencePool').spec.endpointPickerRef).toEqual({ name: 'shared', port: { number: 9004 } });
    expect(idsOf(setup.team)).toEqual(['Deployment team-a/qwen3', 'Service team-a/qwen3', 'InferencePool team-a/qwen3', 'HTTPRoute team-a/qwen3']);
  });

  test('fails when one is made and one exists', () => {
    expect(() => render({ endpointPicker: {}, endpointPickerService: { name: 'shared' } })).toThrow(
      /IGW503 endpointPicker: is made for the model while endpointPickerService names one that exists; allowed: one of the two; remove/,
    );
  });
});

describe('the route', () => {
  test('points from the Gateway to the pool, for 300 seconds unless told otherwise', () => {
    expect(objectOf(render().team, 'HTTPRoute').spec).toEqual({
      parentRefs: [{ name: 'gw', namespace: 'gateway-system' }],
      rules: [{
        matches: [{ path: { type: 'PathPrefix', value: '/' }, headers: [{ type: 'Exact', name: 'X-Gateway-Model-Name', value: 'qwen3' }] }],
        backendRefs: [{ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'qwen3', namespace: 'team-a' }],
        timeouts: { request: '300s' },
      }],
    });
    expect(objectOf(render({ timeout: Duration.minutes(20) }).team, 'HTTPRoute').spec.rules[0].timeouts).toEqual({ request: '1200s' });
  });

  test('is the user’s with httpRouteRef, which the Gateway accepts all the same', () => {
    const setup = render({ httpRouteRef: 'mine' });
    expect(setup.model.route).toBeUndefined();
    expect(idsOf(setup.team)).not.toContainEqual(expect.stringMatching(/^HTTPRoute/));
    expect(idsOf(setup.team)).toContain('InferencePool team-a/qwen3');
    expect(listenerOf(setup).allowedRoutes.namespaces.selector.matchExpressions[0].values).toEqual(['gateway-system', 'team-a']);
  });

  test('is granted access to a pool of another namespace, the user’s too', () => {
    const grants = [undefined, 'mine'].map((httpRouteRef) => {
      const setup = setUp(onKgateway);
      deploy(setup, { provider: sharedPools(setup), httpRouteRef });
      return objectOf(setup.team, 'ReferenceGrant');
    });
    expect(grants[0]).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1beta1',
      kind: 'ReferenceGrant',
      metadata: { name: 'team-a-qwen3-pool-referencegrant', namespace: 'pools' },
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'team-a' }],
        to: [{ group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'team-a-qwen3-pool' }],
      },
    });
    expect(grants[1]).toEqual(grants[0]);
  });
});

describe('a pool that the provider makes', () => {
  test('is referred to, and neither it nor an endpoint picker is rendered', () => {
    const setup = setUp(onKgateway);
    const model = deploy(setup, { provider: ProviderGateway.dynamo(setup.platform, 'dynamo') });
    expect(idsOf(setup.team)).toEqual(['DynamoGraphDeployment team-a/qwen3', 'HTTPRoute team-a/qwen3']);
    expect(objectOf(setup.team, 'HTTPRoute').spec.rules[0].backendRefs[0]).toMatchObject({ name: 'qwen3-pool', namespace: 'team-a' });
    expect(model.pool).toBeUndefined();
    expect(warningsIn(setup)).toEqual([]);
  });

  test('on Istio and in another namespace has route, grant and DestinationRule together (trap 3)', () => {
    const setup = setUp();
    deploy(setup, { provider: sharedPools(setup), endpointPickerService: { name: 'qwen3-epp' } });
    expect(idsOf(setup.team)).toEqual([
      'DynamoGraphDeployment team-a/qwen3',
      'DestinationRule pools/qwen3-epp',
      'ReferenceGrant pools/team-a-qwen3-pool-referencegrant',
      'HTTPRoute team-a/qwen3',
    ]);
    expect(objectOf(setup.team, 'DestinationRule')).toMatchObject({
      apiVersion: 'networking.istio.io/v1beta1',
      spec: { host: 'qwen3-epp.pools.svc.cluster.local', trafficPolicy: { tls: { mode: 'SIMPLE', insecureSkipVerify: true } } },
    });
    expect(warningsIn(setup)).toEqual([]);
  });

  test('on Istio is pointed out while its endpoint picker is not known', () => {
    const setup = setUp();
    deploy(setup, { provider: sharedPools(setup) });
    expect(idsOf(setup.team)).not.toContainEqual(expect.stringMatching(/^DestinationRule/));
    expect(warningsIn(setup)).toEqual([
      expect.stringMatching(/IGW503 endpointPickerService: of pool pools\/team-a-qwen3-pool is not known, .*requests answer 500; pass the name/),
    ]);
  });

  test('may share its endpoint picker with others', () => {
    const setup = setUp();
    const provider = sharedPools(setup);
    ['a', 'b'].forEach((id) => deploy(setup, { provider, endpointPickerService: { name: 'acme-epp' } }, id));
    expect(idsOf(setup.team).filter((id) => /^(DestinationRule|ReferenceGrant)/.test(id))).toEqual([
      'DestinationRule pools/acme-epp', 'ReferenceGrant pools/team-a-a-pool-referencegrant', 'ReferenceGrant pools/team-a-b-pool-referencegrant',
    ]);
  });
});

describe('Istio', () => {
  test('is told that the endpoint picker speaks TLS, other gateways are not', () => {
    const rule = objectOf(render().team, 'DestinationRule');
    expect(rule).toEqual({
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'DestinationRule',
      metadata: { name: 'qwen3-epp', namespace: 'team-a' },
      spec: { host: 'qwen3-epp.team-a.svc.cluster.local', trafficPolicy: { tls: { mode: 'SIMPLE', insecureSkipVerify: true } } },
    });
    expect(idsOf(render({}, onKgateway).team)).not.toContainEqual(expect.stringMatching(/^DestinationRule/));
  });
});

describe('without a gateway', () => {
  test('`gatewayEnabled: false` leaves the workload, without a word', () => {
    const setup = render({ gatewayEnabled: false });
    expect(idsOf(setup.team)).toEqual(['Deployment team-a/qwen3', 'Service team-a/qwen3']);
    expect([setup.model.pool, setup.model.route]).toEqual([undefined, undefined]);
    expect(listenerOf(setup).allowedRoutes.namespaces).toEqual({ from: 'Same' });
    expect(warningsIn(setup)).toEqual([]);
  });

  test('Dynamo serves through a frontend then', () => {
    const setup = setUp();
    deploy(setup, { provider: ProviderGateway.dynamo(setup.platform, 'dynamo'), gatewayEnabled: false });
    expect(Object.keys(objectOf(setup.team, 'DynamoGraphDeployment').spec.services)).toEqual(['Frontend', 'VllmWorker']);
  });

  test('the mocker is never routed to', () => {
    const setup = setUp();
    deploy(setup, { provider: ProviderGateway.dynamo(setup.platform, 'dynamo'), annotations: { 'airunway.ai/dynamo-test-backend': 'mocker' } });
    expect(idsOf(setup.team)).toEqual(['DynamoGraphDeployment team-a/qwen3']);
  });
});

describe('false and 0 (trap 2)', () => {
  test('are kept', () => {
    const setup = setUp();
    deploy(setup, { provider: ProviderGateway.llmd(setup.platform, 'llmd'), engine: Engine.vllm({ enablePrefixCaching: false }), replicas: 0 });
    const [{ spec }] = objectsOf(setup.team);
    expect([spec.replicas, spec.template.spec.containers[0].args.at(-1)]).toEqual([0, '--no-enable-prefix-caching']);
    expect(warningsIn(setup)).toEqual([]);
  });

  test('are pointed out where a controller loses them', () => {
    const setup = setUp();
    deploy(setup, {
      provider: ProviderGateway.llmd(setup.platform, 'llmd'),
      engine: Engine.vllm({ enablePrefixCaching: false }),
      replicas: 0,
      rendering: Rendering.CONTROLLER,
    });
    expect(warningsIn(setup)).toEqual([
      expect.stringMatching(/IGW210 spec\.engine\.enablePrefixCaching is false: is lost on the first write .*no-enable-prefix-caching/),
      expect.stringMatching(/IGW210 spec\.scaling\.replicas is 0: is lost on the first write/),
    ]);
  });
});

describe('names (trap 5)', () => {
  const named = (length: number) => 'a'.repeat(length);
  const LIMIT = /IGW102 metadata\.name is "a+": has \d+ characters, and .*; allowed: at most (\d+) characters; choose a shorter name/;

  test.each<[string, number, (setup: Setup) => Partial<ModelDeploymentProps>]>([
    ['with an endpoint picker', 59, () => ({})],
    ['for a controller, which makes one', 59, () => ({ rendering: Rendering.CONTROLLER })],
    ['without a gateway', 63, () => ({ gatewayEnabled: false })],
    ['for a controller without a gateway', 63, () => ({ gatewayEnabled: false, rendering: Rendering.CONTROLLER })],
    ['without a Gateway to serve through', 63, () => ({ gateway: undefined })],
    ['with an endpoint picker of another name', 63, () => ({ endpointPicker: { name: 'epp' } })],
    ['with an endpoint picker that exists', 63, () => ({ endpointPickerService: { name: 'epp' } })],
    ['with a pool of the provider’s', 63, ({ platform }) => ({ provider: ProviderGateway.dynamo(platform, 'dynamo') })],
  ])('fails over the limit %s: %i', (_, limit, props) => {
    const fits = setUp(onKgateway);
    expect(deploy(fits, { name: named(limit), ...props(fits) }).name).toHaveLength(limit);
    expect(objectsOf(fits.team)).not.toEqual([]);
    const over = setUp(onKgateway);
    const error = catchError(() => deploy(over, { name: named(limit + 1), ...props(over) }));
    expect(error.mistakes.map(formatMistake)).toEqual([expect.stringMatching(LIMIT)]);
    expect(LIMIT.exec(error.message)![1]).toBe(String(limit));
  });

  test.each([
    ['a leading digit', '3b-model', /IGW101 metadata\.name is "3b-model": .*allowed: lower-case letters, digits and -, starting with a letter/],
    ['a dot', 'a.b', /IGW101 metadata\.name is "a\.b": has a dot, .*use a-b/],
    ['capitals', 'Qwen', /IGW101 metadata\.name is "Qwen"/],
  ])('fails on %s, once', (_, name, message) => {
    const error = catchError(() => render({ name }));
    expect(error.mistakes.map(formatMistake)).toEqual([expect.stringMatching(message)]);
  });

  test('fails on a namespace that is none', () => {
    expect(() => render({ namespace: 'Team_A' })).toThrow(/IGW101 metadata\.namespace is "Team_A"/);
  });
});

describe('what static rendering has to know', () => {
  test('fails without provider or engine, which a controller would choose (trap 13)', () => {
    const { team, gateway } = setUp();
    const error = catchError(() => new ModelDeployment(team, 'qwen3', { gateway, model: Model.huggingFace('a/b') }));
    expect(error.mistakes.map(formatMistake)).toEqual([
      expect.stringMatching(/IGW211 spec\.provider\.name: is missing, and static rendering must know who serves the model; allowed: dynamo, .*pass/),
      expect.stringMatching(/IGW211 spec\.engine\.type: is missing, .*allowed: vllm, sglang, trtllm, llamacpp; pass `engine`/),
    ]);
  });

  test('fails on a model that is paused, of which controllers make nothing', () => {
    const key = 'airunway.ai/reconcile-paused';
    const message = `IGW203 metadata.annotations[${key}] is "true": contradicts static rendering`;
    expect(() => render({ annotations: { [key]: 'true' } })).toThrow(message);
    expect(() => render({ annotations: { [key]: 'true' }, airunwayApi: AirunwayApi.KUBEAIRUNWAY })).not.toThrow();
    expect(() => render({ annotations: { [key]: 'false' } })).not.toThrow();
    expect(() => render({ annotations: { [key]: 'true' }, rendering: Rendering.CONTROLLER })).not.toThrow();
  });

  test('fails on an empty model name behind a Gateway (trap 11)', () => {
    expect(() => render({ model: Model.custom() })).toThrow(/IGW207 spec\.gateway\.modelName: is not known/);
  });

  test('fails on a token that llm-d would get twice (trap 12)', () => {
    const setup = setUp();
    const props = { env: [{ name: 'HF_TOKEN', value: 'x' }], huggingFaceTokenSecretName: 'hf' };
    expect(() => deploy(setup, { ...props, provider: ProviderGateway.llmd(setup.platform, 'llmd') })).toThrow(/IGW209 spec\.env is "HF_TOKEN"/);
    const { team } = render(props);
    expect(objectsOf(team)[0].spec.template.spec.containers[0].env).toEqual([
      { name: 'HF_TOKEN', valueFrom: { secretKeyRef: { name: 'hf', key: 'HF_TOKEN' } } },
    ]);
  });
});

test('what the provider ignores is a warning', () => {
  const setup = render({ resources: { gpus: 1, gpuType: 'amd.com/gpu' } });
  expect(warningsIn(setup)).toEqual([expect.stringMatching(/^warning team-a\/qwen3: IGW210 spec\.resources\.gpu\.type is "amd\.com\/gpu"/)]);
});

function catchError(run: () => unknown): InvalidInputError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInputError);
    return error as InvalidInputError;
  }
  throw new Error('nothing was thrown');
}
