import { ApiObject, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { warningsOf } from '../../src/core';
import { GatewayImplementation, GatewayListener, InferenceGateway } from '../../src/gateway';
import {
  EndpointPickerConfig, EndpointPickerPlugin, EndpointPickerRuntime, EndpointPickerTls, FailureMode, ModelPool, ModelPoolProps, ModelServerEngine,
  PoolAppProtocol,
} from '../../src/pool';

const chartOf = () => new Chart(Testing.app(), 'team', { namespace: 'models' });
const { H2C } = PoolAppProtocol;
const find = (all: any[], kind: string) => all.find((object) => object.kind === kind);

function objects(props: Partial<ModelPoolProps> = {}, then: (pool: ModelPool, chart: Chart) => void = () => undefined): any[] {
  const chart = chartOf();
  const labels = props.workload || props.workloadObject ? {} : { matchLabels: { app: 'qwen' } };
  then(new ModelPool(chart, 'qwen', { ...labels, ...(props.ports ? {} : { port: 8000 }), ...props }), chart);
  return Testing.synth(chart);
}

const specOf = (props: Partial<ModelPoolProps> = {}) => find(objects(props), 'InferencePool').spec;

test('the smallest pool', () => {
  expect(find(objects(), 'InferencePool')).toEqual({
    apiVersion: 'inference.networking.k8s.io/v1',
    kind: 'InferencePool',
    metadata: { name: 'qwen', namespace: 'models' },
    spec: {
      selector: { matchLabels: { app: 'qwen' } },
      targetPorts: [{ number: 8000 }],
      endpointPickerRef: { name: 'qwen-epp', port: { number: 9002 } },
    },
  });
  expect(objects().map(({ kind }) => kind).sort()).toEqual([
    'ConfigMap', 'Deployment', 'InferencePool', 'Role', 'RoleBinding', 'Service', 'ServiceAccount',
  ]);
});

test('everything an InferencePool can say', () => {
  expect(specOf({ ports: [8000, 8001], appProtocol: PoolAppProtocol.H2C, failureMode: FailureMode.FAIL_OPEN, endpointPickerService: { name: 'epp', port: 9 } }))
    .toEqual({
      selector: { matchLabels: { app: 'qwen' } },
      targetPorts: [{ number: 8000 }, { number: 8001 }],
      appProtocol: 'kubernetes.io/h2c',
      endpointPickerRef: { name: 'epp', port: { number: 9 }, failureMode: 'FailOpen' },
    });
});

describe('a cdk8s-plus workload', () => {
  function synth(props: Partial<ModelPoolProps> = {}, containerPort?: number): { all: any[]; warnings: string[] } {
    const chart = chartOf();
    const workload = new kplus.Deployment(chart, 'server', { containers: [{ image: 'vllm:1', ...(containerPort ? { portNumber: containerPort } : {}) }] });
    new ModelPool(chart, 'qwen', { workload, port: 8000, ...props });
    return { all: Testing.synth(chart), warnings: warningsOf(chart) };
  }

  test('its pods get the labels the pool selects by', () => {
    const { all, warnings } = synth({}, 8000);
    expect(find(all, 'InferencePool').spec.selector.matchLabels).toEqual({ 'cdk8s-inference-gateway/pool': 'qwen' });
    expect(find(all, 'Deployment').spec.template.metadata.labels).toMatchObject({ 'cdk8s-inference-gateway/pool': 'qwen' });
    expect(warnings).toEqual([]);
  });

  test('warns of a port that its containers do not declare', () => {
    expect(synth({}, 8080).warnings).toEqual([expect.stringMatching(/IGW501 spec.targetPorts is 8000: is none of the ports .* declare; allowed: 8080/)]);
  });

  test('fails in another namespace', () => {
    expect(() => synth({ namespace: 'other' })).toThrow(/IGW501 metadata.namespace is "other": is not the namespace of the workload, models/);
  });
});

describe('a raw object', () => {
  type Template = { metadata?: object; spec?: object } | undefined;
  const containers = [{ name: 'vllm', image: 'vllm:1', ports: [{ containerPort: 8000 }] }];

  function synth(template: Template, props: Partial<ModelPoolProps> = {}, kind = 'LeaderWorkerSet'): any[] {
    const chart = chartOf();
    const workloadObject = new ApiObject(chart, 'server', { apiVersion: 'example.com/v1', kind, spec: template && { template } });
    new ModelPool(chart, 'qwen', { workloadObject, port: 8000, ...props });
    return Testing.synth(chart);
  }

  const labelsOf = (all: any[]) => all[0].spec.template.metadata.labels;

  test.each<[string, Template, object]>([
    ['labels', { metadata: { labels: { app: 'a' } }, spec: { containers } }, { app: 'a' }],
    ['no labels', { metadata: { annotations: {} }, spec: { containers } }, {}],
    ['no metadata', { spec: { containers } }, {}],
  ])('with %s gets those the pool selects by', (_, template, others) => {
    expect(labelsOf(synth(template))).toEqual({ ...others, 'cdk8s-inference-gateway/pool': 'qwen' });
    expect(labelsOf(synth(template, { matchLabels: { 'example.com/model': 'qwen' } }))).toEqual({ ...others, 'example.com/model': 'qwen' });
  });

  test('keeps the labels it has', () => {
    expect(labelsOf(synth({ metadata: { labels: { app: 'a' } }, spec: { containers } }, { matchLabels: { app: 'a' } }))).toEqual({ app: 'a' });
  });

  test('can be a Pod', () => {
    const chart = chartOf();
    const pod = new ApiObject(chart, 'server', { apiVersion: 'v1', kind: 'Pod', spec: { containers } });
    new ModelPool(chart, 'qwen', { workloadObject: pod, port: 8000 });
    expect(Testing.synth(chart)[0].metadata.labels).toEqual({ 'cdk8s-inference-gateway/pool': 'qwen' });
  });

  test('can be a custom resource whose pods are labelled by its operator', () => {
    expect(synth(undefined, { matchLabels: { 'ray.io/cluster': 'qwen' } })[0]).not.toHaveProperty('spec.template');
  });

  test('fails without a pod template and labels', () => {
    expect(() => synth(undefined)).toThrow(/IGW501 workloadObject: has no pod template at spec.template .*; give `matchLabels`/);
  });

  test('fails for a label that its pods have with another value', () => {
    expect(() => synth({ metadata: { labels: { app: 'b' } }, spec: { containers } }, { matchLabels: { app: 'a' } }))
      .toThrow(/IGW501 .*matchLabels\[app\] is "a": is not what the pods of the workload are labelled, b/);
  });

  test('fails beside a workload', () => {
    const chart = chartOf();
    const workload = new kplus.Deployment(chart, 'server', { containers: [{ image: 'vllm:1' }] });
    expect(() => new ModelPool(chart, 'qwen', { workload, workloadObject: ApiObject.of(workload), port: 8000 })).toThrow(/IGW501 workloadObject/);
  });
});

describe('ports', () => {
  test.each<[Partial<ModelPoolProps>, RegExp]>([
    [{ ports: [] }, /IGW501 spec.targetPorts is \[\]: is not a list of target ports; allowed: 1 to 8 different ports/],
    [{ ports: [1, 2, 3, 4, 5, 6, 7, 8, 9] }, /1 to 8 different ports/],
    [{ ports: [8000, 8000] }, /1 to 8 different ports/],
    [{ ports: [8000], port: 8000 }, /needs either `port` or `ports`/],
    [{ ports: [0, 65536] }, /2 mistakes\n.*is 0.*\n.*is 65536/],
  ])('fails for %j', (props, message) => {
    expect(() => objects(props)).toThrow(message);
  });

  test('any list is either rendered or refused', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -5, max: 70000 }), { maxLength: 10 }), (ports) => {
      const different = new Set(ports).size === ports.length;
      const valid = ports.length >= 1 && ports.length <= 8 && different && ports.every((port) => port >= 1 && port <= 65535);
      try {
        return specOf({ ports }).targetPorts.every(({ number }: any, index: number) => number === ports[index]) && valid;
      } catch (error) {
        return !valid && /IGW501/.test((error as Error).message);
      }
    }));
  });
});

test('fails without labels, and with two endpoint pickers', () => {
  expect(() => new ModelPool(chartOf(), 'qwen', { port: 8000 })).toThrow(/IGW501 spec.selector.matchLabels: is empty/);
  expect(() => objects({ endpointPicker: {}, endpointPickerService: { name: 'epp' } })).toThrow(/IGW503 endpointPicker: is made for the pool while/);
});

describe('gateways', () => {
  function connected(implementation: GatewayImplementation, props: Partial<ModelPoolProps> = {}): any[] {
    return objects(props, (pool, chart) => {
      const gateway = new InferenceGateway(chart, 'gateway', { implementation, listeners: [GatewayListener.http({ port: 80 })] });
      pool.connectTo(gateway);
      pool.connectTo(gateway);
    });
  }

  test('Istio gets a DestinationRule, unless the picker speaks no TLS', () => {
    expect(find(connected(GatewayImplementation.istio()), 'DestinationRule').spec.host).toBe('qwen-epp.models.svc.cluster.local');
    expect(find(connected(GatewayImplementation.istio(), { endpointPicker: { tls: EndpointPickerTls.plaintext() } }), 'DestinationRule')).toBeUndefined();
  });

  test('GKE gets its policies', () => {
    expect(connected(GatewayImplementation.gke()).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['GCPBackendPolicy', 'HealthCheckPolicy']));
  });

  test.each<[string, Partial<ModelPoolProps>, object]>([
    ['HTTP', {}, { type: 'HTTP', httpHealthCheck: { requestPath: '/health', port: 8000 } }],
    ['HTTP, where a path is given', { appProtocol: H2C, healthPath: '/up' }, { type: 'HTTP', httpHealthCheck: { requestPath: '/up', port: 8000 } }],
    ['gRPC', { appProtocol: H2C }, { type: 'GRPC', grpcHealthCheck: { portSpecification: 'USE_FIXED_PORT', port: 8000 } }],
    ['gRPC, by vLLM\'s own service', { appProtocol: H2C, endpointPicker: { modelServer: ModelServerEngine.VLLM } }, {
      type: 'GRPC',
      grpcHealthCheck: { portSpecification: 'USE_FIXED_PORT', port: 8000, grpcServiceName: '/vllm.grpc.engine.VllmEngine/HealthCheck' },
    }],
  ])('GKE asks for health over %s', (_, props, config) => {
    expect(find(connected(GatewayImplementation.gke(), props), 'HealthCheckPolicy').spec.default.config).toEqual(config);
  });
});

describe('vLLM over HTTP/2, which is gRPC', () => {
  function configOf(endpointPicker: ModelPoolProps['endpointPicker'], appProtocol = H2C): any {
    return parse(find(objects({ appProtocol, endpointPicker }), 'ConfigMap').data['default-plugins.yaml']);
  }
  const modelServer = ModelServerEngine.VLLM;

  test('is parsed as such', () => {
    const { parser, plugins } = configOf({ modelServer });
    expect(parser).toEqual({ pluginRef: 'vllmgrpc-parser' });
    expect(plugins).toContainEqual({ type: 'vllmgrpc-parser' });
    expect(configOf({ modelServer, runtime: EndpointPickerRuntime.LLMD_ROUTER_0_10 }).requestHandler).toEqual({ parsers: [{ pluginRef: 'vllmgrpc-parser' }] });
  });

  test('is not where the runtime has no parsers, the protocol is another, or the engine is not said to be vLLM', () => {
    const left = [
      configOf({ modelServer, runtime: EndpointPickerRuntime.GAIE_1_4 }), configOf({ modelServer }, PoolAppProtocol.HTTP), configOf({}),
      configOf({ modelServer: ModelServerEngine.SGLANG }),
    ];
    left.forEach((document) => expect(JSON.stringify(document)).not.toContain('parser'));
  });

  test('keeps a parser that is chosen, and forgets no pool beside it', () => {
    expect(configOf({ modelServer, config: EndpointPickerConfig.of({ parser: EndpointPickerPlugin.passthroughParser() }) }).parser)
      .toEqual({ pluginRef: 'passthrough-parser' });
    const config = EndpointPickerConfig.prefixAware();
    expect(configOf({ modelServer, config }).parser).toBeDefined();
    expect(configOf({ modelServer, config }, PoolAppProtocol.HTTP).parser).toBeUndefined();
  });
});

describe('objectives and rewrites', () => {
  const all = (runtime?: EndpointPickerRuntime) => objects({ endpointPicker: { runtime } }, (pool) => {
    pool.addObjective('interactive', { priority: 10 });
    pool.addModelRewrite('canary', { rules: [{ models: ['qwen'], targets: [{ model: 'qwen-v1', weight: 9 }, { model: 'qwen-v2', weight: 1 }] }] });
  });

  test.each([
    [EndpointPickerRuntime.GAIE_1_5, 'inference.networking.x-k8s.io/v1alpha2'], [EndpointPickerRuntime.LLMD_ROUTER_0_10, 'llm-d.ai/v1alpha2'],
  ])('have the group that the picker reads', (runtime, apiVersion) => {
    const poolRef = { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'qwen' };
    expect(find(all(runtime), 'InferenceObjective')).toEqual({
      apiVersion, kind: 'InferenceObjective', metadata: { name: 'interactive', namespace: 'models' }, spec: { priority: 10, poolRef },
    });
    expect(find(all(runtime), 'InferenceModelRewrite')).toMatchObject({ apiVersion, spec: { poolRef } });
  });
});
