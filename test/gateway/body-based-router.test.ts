import { ApiObject, Chart, Size, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import {
  AllowedRoutes, BodyBasedRouter, BodyBasedRouterOptions, BodyRouting, GatewayImplementation, GkeGatewayClass, InferenceGateway,
} from '../../src/gateway';
import { PINS } from '../../src/versions';
import { chartsOf, idsOf, objectOf, objectsOf } from '../synth';

const implementations = {
  istio: GatewayImplementation.istio(),
  eg: GatewayImplementation.envoyGateway(),
  agentgateway: GatewayImplementation.agentgateway(),
  gke: GatewayImplementation.gke(),
  higress: GatewayImplementation.higress(),
};
const ROUTER = ['ServiceAccount', 'Role', 'RoleBinding', 'Deployment', 'Service'];

function chartWith(implementation: GatewayImplementation, options?: BodyBasedRouterOptions) {
  const [chart] = chartsOf('gateway-system');
  new InferenceGateway(chart, 'inference-gateway', { implementation }).addBodyBasedRouter(options);
  return chart;
}

const kindsOf = (implementation: GatewayImplementation, options?: BodyBasedRouterOptions) => (
  objectsOf(chartWith(implementation, options)).map(({ kind }) => kind).filter((kind) => kind !== 'Gateway')
);
const containerOf = (implementation: GatewayImplementation, options?: BodyBasedRouterOptions) => (
  objectOf(chartWith(implementation, options), 'Deployment').spec.template.spec.containers[0]
);

test('the smallest router is a Deployment that Envoy asks over TLS, in the Gateway\'s namespace', () => {
  const chart = chartWith(implementations.istio);
  expect(idsOf(chart)).toEqual([
    'Gateway gateway-system/inference-gateway',
    ...[...ROUTER, 'DestinationRule', 'EnvoyFilter'].map((kind) => `${kind} gateway-system/body-based-router`),
  ]);
});

describe('the router', () => {
  test('runs the pinned release with streaming and the header routes match on', () => {
    expect(containerOf(implementations.istio)).toMatchObject({
      name: 'bbr',
      image: `registry.k8s.io/gateway-api-inference-extension/bbr:${PINS.gaie}`,
      args: [
        '--streaming', '--v', '3',
        '--plugin', 'body-field-to-header:model-extractor:{"fieldName":"model","headerName":"X-Gateway-Model-Name"}',
        '--plugin', 'base-model-to-header:base-model-mapper',
        '--tracing=false',
      ],
      ports: [{ containerPort: 9004 }, { containerPort: 9005 }],
    });
  });

  test('gives no flag its value as a word of its own where only `=` works', () => {
    const booleans = containerOf(implementations.eg).args.filter((arg: string) => /^--(secure-serving|tracing)/.test(arg));
    expect(booleans).toEqual(['--secure-serving=false', '--tracing=false']);
  });

  test('is probed over gRPC on its health port, and requests what it needs', () => {
    const probe = { grpc: { port: 9005 }, periodSeconds: 10 };
    expect(containerOf(implementations.istio)).toMatchObject({
      livenessProbe: probe, readinessProbe: probe, resources: { requests: { cpu: '100m', memory: '128Mi' } },
    });
  });

  test('meets the restricted Pod Security profile', () => {
    const pod = objectOf(chartWith(implementations.istio), 'Deployment').spec.template.spec;
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(pod.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] },
    });
  });

  test('takes image, replicas, verbosity and requests', () => {
    const options = { image: 'bbr:1', replicas: 3, verbosity: 5, cpuRequest: '2', memoryRequest: Size.gibibytes(1) };
    expect(objectOf(chartWith(implementations.istio, options), 'Deployment').spec.replicas).toBe(3);
    const container = containerOf(implementations.istio, options);
    expect(container).toMatchObject({ image: 'bbr:1', resources: { requests: { cpu: '2', memory: '1Gi' } } });
    expect(container.args.slice(1, 3)).toEqual(['--v', '5']);
  });

  test('zero replicas and zero verbosity are kept', () => {
    const options = { replicas: 0, verbosity: 0 };
    expect(objectOf(chartWith(implementations.istio, options), 'Deployment').spec.replicas).toBe(0);
    expect(containerOf(implementations.istio, options).args.slice(1, 3)).toEqual(['--v', '0']);
  });

  test('is selected by its Service, which says it speaks HTTP/2', () => {
    const chart = chartWith(implementations.istio, { name: 'reader' });
    const { spec } = objectOf(chart, 'Deployment');
    expect(spec.selector.matchLabels).toEqual({ app: 'reader' });
    expect(spec.template.metadata.labels).toEqual({ app: 'reader' });
    expect(objectOf(chart, 'Service').spec).toEqual({
      type: 'ClusterIP', selector: { app: 'reader' }, ports: [{ protocol: 'TCP', port: 9004, targetPort: 9004, appProtocol: 'HTTP2' }],
    });
  });

  test('reads LoRA ConfigMaps of its own namespace', () => {
    const chart = chartWith(implementations.istio);
    expect(objectOf(chart, 'Role').rules).toEqual([{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] }]);
    expect(objectOf(chart, 'RoleBinding')).toMatchObject({
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'body-based-router' },
      subjects: [{ kind: 'ServiceAccount', name: 'body-based-router', namespace: 'gateway-system' }],
    });
    expect(objectOf(chart, 'Deployment').spec.template.spec.serviceAccountName).toBe('body-based-router');
    expect(containerOf(implementations.istio).env).toEqual([{ name: 'NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } }]);
  });

  test('reads LoRA ConfigMaps of all namespaces with a ClusterRole, and is not told one', () => {
    const chart = chartWith(implementations.istio, { allNamespaces: true });
    expect(objectOf(chart, 'ClusterRole').metadata).toEqual({ name: 'gateway-system-body-based-router' });
    expect(objectOf(chart, 'ClusterRoleBinding')).toMatchObject({
      metadata: { name: 'gateway-system-body-based-router' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'gateway-system-body-based-router' },
      subjects: [{ kind: 'ServiceAccount', name: 'body-based-router', namespace: 'gateway-system' }],
    });
    expect(kindsOf(implementations.istio, { allNamespaces: true })).not.toContain('Role');
    expect(containerOf(implementations.istio, { allNamespaces: true })).not.toHaveProperty('env');
  });
});

describe('on Istio', () => {
  test('the EnvoyFilter calls the router first, with both bodies streamed', () => {
    const { spec } = objectOf(chartWith(implementations.istio), 'EnvoyFilter');
    expect(spec.targetRefs).toEqual([{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'inference-gateway' }]);
    expect(spec.configPatches[0].patch).toMatchObject({
      operation: 'INSERT_FIRST',
      value: {
        name: 'envoy.filters.http.ext_proc.bbr',
        typed_config: {
          failure_mode_allow: false,
          processing_mode: { request_body_mode: 'FULL_DUPLEX_STREAMED', response_body_mode: 'FULL_DUPLEX_STREAMED' },
          grpc_service: { envoy_grpc: { cluster_name: 'outbound|9004||body-based-router.gateway-system.svc.cluster.local' } },
        },
      },
    });
  });

  test('the DestinationRule accepts the certificate the router signs itself', () => {
    expect(objectOf(chartWith(implementations.istio), 'DestinationRule')).toMatchObject({
      apiVersion: 'networking.istio.io/v1',
      spec: { host: 'body-based-router.gateway-system.svc.cluster.local', trafficPolicy: { tls: { mode: 'SIMPLE', insecureSkipVerify: true } } },
    });
  });

  test('in another namespace the filter stays with the Gateway and calls across', () => {
    const chart = chartWith(implementations.istio, { namespace: 'bbr', name: 'reader' });
    expect(idsOf(chart)).toEqual([
      'Gateway gateway-system/inference-gateway',
      ...[...ROUTER, 'DestinationRule'].map((kind) => `${kind} bbr/reader`),
      'EnvoyFilter gateway-system/reader',
    ]);
    expect(JSON.stringify(objectOf(chart, 'EnvoyFilter'))).toContain('outbound|9004||reader.bbr.svc.cluster.local');
    expect(objectOf(chart, 'DestinationRule').spec.host).toBe('reader.bbr.svc.cluster.local');
    expect(objectOf(chart, 'RoleBinding').subjects).toEqual([{ kind: 'ServiceAccount', name: 'reader', namespace: 'bbr' }]);
    expect(objectOf(chart, 'Gateway').metadata.annotations).toEqual({ 'airunway.ai/bbr-namespace': 'bbr' });
  });

  test('in the Gateway\'s namespace the Gateway needs no annotation', () => {
    expect(objectOf(chartWith(implementations.istio, { namespace: 'gateway-system' }), 'Gateway').metadata).not.toHaveProperty('annotations');
  });
});

describe('on GKE', () => {
  test.each(Object.values(GkeGatewayClass))('class %s calls it by a GCPRoutingExtension and checks its health', (gatewayClass) => {
    expect(kindsOf(GatewayImplementation.gke(gatewayClass))).toEqual([...ROUTER, 'HealthCheckPolicy', 'GCPRoutingExtension']);
  });

  test('the extension asks the Service beside the Gateway', () => {
    const { spec } = objectOf(chartWith(implementations.gke, { name: 'reader' }), 'GCPRoutingExtension');
    expect(spec.targetRefs).toEqual([{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'inference-gateway' }]);
    expect(spec.extensionChains[0].extensions[0]).toMatchObject({
      supportedEvents: ['RequestHeaders', 'RequestBody', 'RequestTrailers'],
      requestBodySendMode: 'FullDuplexStreamed',
      backendRef: { group: '', kind: 'Service', name: 'reader', port: 9004 },
    });
  });

  test('the health check asks the health port over gRPC', () => {
    expect(objectOf(chartWith(implementations.gke), 'HealthCheckPolicy').spec).toMatchObject({
      targetRef: { group: '', kind: 'Service', name: 'body-based-router' },
      default: { config: { type: 'GRPC', grpcHealthCheck: { portSpecification: 'USE_FIXED_PORT', port: 9005 } } },
    });
  });

  test('fails in another namespace than the Gateway\'s', () => {
    expect(() => chartWith(implementations.gke, { namespace: 'bbr' })).toThrow(new Error(
      'gateway-system/inference-gateway/BodyBasedRouter: 1 mistake\n' +
      '  IGW402 namespace is "bbr": is not the namespace of the Gateway, where GKE looks for the router; allowed: gateway-system; remove `namespace`',
    ));
  });
});

describe('on Envoy Gateway', () => {
  test('an EnvoyExtensionPolicy calls it in plain HTTP/2, since Envoy Gateway verifies TLS', () => {
    const chart = chartWith(implementations.eg);
    expect(kindsOf(implementations.eg)).toEqual([...ROUTER, 'EnvoyExtensionPolicy', 'HTTPRouteFilter', 'HTTPRoute']);
    expect(objectOf(chart, 'Service').spec.ports[0].appProtocol).toBe('kubernetes.io/h2c');
    expect(containerOf(implementations.eg).args).toContain('--secure-serving=false');
    expect(objectOf(chart, 'EnvoyExtensionPolicy').spec).toMatchObject({
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'inference-gateway' }],
      extProc: [{ backendRefs: [{ name: 'body-based-router', port: 9004 }], failOpen: false }],
    });
  });

  test('in another namespace it is granted', () => {
    const chart = chartWith(implementations.eg, { namespace: 'bbr' });
    expect(objectOf(chart, 'EnvoyExtensionPolicy')).toMatchObject({
      metadata: { namespace: 'gateway-system' }, spec: { extProc: [{ backendRefs: [{ name: 'body-based-router', namespace: 'bbr', port: 9004 }] }] },
    });
    expect(objectOf(chart, 'ReferenceGrant')).toMatchObject({
      metadata: { name: 'body-based-router', namespace: 'bbr' },
      spec: {
        from: [{ group: 'gateway.envoyproxy.io', kind: 'EnvoyExtensionPolicy', namespace: 'gateway-system' }],
        to: [{ group: '', kind: 'Service', name: 'body-based-router' }],
      },
    });
  });
});

describe('the catch-all of Envoy Gateway', () => {
  const routeTo = (chart: Chart, gateway: InferenceGateway, hostnames?: string[], modelName = 'qwen3') => (
    gateway.attach(new Construct(chart, `route-${modelName}`), { namespace: 'team-a', modelName, hostnames })
  );
  const catchAlls = (chart: Chart) => objectsOf(chart).filter(({ kind }) => kind === 'HTTPRoute');

  test('matches every request, so that the router runs before any model\'s route matches', () => {
    const chart = chartWith(implementations.eg, { name: 'reader' });
    expect(objectOf(chart, 'HTTPRoute')).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'reader', namespace: 'gateway-system' },
      spec: {
        parentRefs: [{ name: 'inference-gateway', namespace: 'gateway-system' }],
        rules: [{
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          filters: [{ type: 'ExtensionRef', extensionRef: { group: 'gateway.envoyproxy.io', kind: 'HTTPRouteFilter', name: 'reader' } }],
        }],
      },
    });
  });

  test('answers 404 as the OpenAI API does', () => {
    const { metadata, spec: { directResponse } } = objectOf(chartWith(implementations.eg, { namespace: 'bbr' }), 'HTTPRouteFilter');
    expect(metadata).toEqual({ name: 'body-based-router', namespace: 'gateway-system' });
    expect(directResponse).toMatchObject({ statusCode: 404, contentType: 'application/json', body: { type: 'Inline' } });
    expect(JSON.parse(directResponse.body.inline).error.code).toBe('model_not_found');
    // Envoy Gateway takes %…% for a command operator.
    expect(directResponse.body.inline).not.toContain('%');
  });

  test('attaches, so the Gateway allows its own namespace', () => {
    const [chart] = chartsOf('gateway-system');
    const selector = { matchLabels: { 'kubernetes.io/metadata.name': 'team-a' } };
    const gateway = InferenceGateway.fromManifest(chart, 'gw', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'gw', namespace: 'gateway-system' },
      spec: {
        gatewayClassName: 'eg',
        listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'Selector', selector } } }],
      },
    }, { allowedRoutes: AllowedRoutes.attached() });
    gateway.addBodyBasedRouter();
    expect(JSON.stringify(objectOf(chart, 'Gateway').spec.listeners)).toContain('["gateway-system","team-a"]');
  });

  test('is one more for each host name of a model\'s route, before and after the router', () => {
    const [chart] = chartsOf('gateway-system');
    const gateway = new InferenceGateway(chart, 'gw', { implementation: implementations.eg });
    routeTo(chart, gateway, ['a.example.com']);
    gateway.addBodyBasedRouter();
    routeTo(chart, gateway, ['a.example.com', '*.example.org'], 'llama');
    expect(catchAlls(chart).map(({ metadata, spec }) => [metadata.name, spec.hostnames])).toEqual([
      ['body-based-router', undefined],
      ['body-based-router-a.example.com', ['a.example.com']],
      ['body-based-router-wildcard.example.org', ['*.example.org']],
    ]);
  });

  test('is none for a route that matches no model', () => {
    const [chart] = chartsOf('gateway-system');
    const gateway = new InferenceGateway(chart, 'gw', { implementation: implementations.eg });
    gateway.addBodyBasedRouter();
    gateway.attach(new Construct(chart, 'route'), { namespace: 'team-a', hostnames: ['a.example.com'] });
    expect(catchAlls(chart)).toHaveLength(1);
  });

  test('follows a router that takes the place of another', () => {
    const [chart] = chartsOf('gateway-system');
    const gateway = new InferenceGateway(chart, 'gw', { implementation: implementations.eg });
    gateway.addBodyBasedRouter();
    gateway.node.tryRemoveChild('BodyBasedRouter');
    routeTo(chart, gateway, ['a.example.com']);
    gateway.addBodyBasedRouter({ name: 'other' });
    expect(catchAlls(chart).map(({ metadata }) => metadata.name)).toEqual(['other', 'other-a.example.com']);
  });

  test('fails for a host name that leaves no room for the router\'s name', () => {
    const [chart] = chartsOf('gateway-system');
    const gateway = new InferenceGateway(chart, 'gw', { implementation: implementations.eg });
    gateway.addBodyBasedRouter();
    expect(() => routeTo(chart, gateway, [`${'a.'.repeat(120)}example.com`])).toThrow(
      /IGW102 name is "body-based-router-a\..*: has \d+ characters; allowed: at most 253 characters; choose a shorter name/,
    );
  });
});

describe('on agentgateway', () => {
  test('there is no router, only a policy that reads the body before routing', () => {
    const chart = chartWith(implementations.agentgateway);
    expect(kindsOf(implementations.agentgateway)).toEqual(['AgentgatewayPolicy']);
    expect(objectOf(chart, 'AgentgatewayPolicy').spec).toEqual({
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'inference-gateway' }],
      traffic: { phase: 'PreRouting', transformation: { request: { set: [{ name: 'X-Gateway-Model-Name', value: 'json(request.body).model' }] } } },
    });
  });

  test('a namespace changes nothing: there is nothing to put there', () => {
    const chart = chartWith(implementations.agentgateway, { namespace: 'bbr' });
    expect(idsOf(chart)).toEqual(['Gateway gateway-system/inference-gateway', 'AgentgatewayPolicy gateway-system/body-based-router']);
    expect(objectOf(chart, 'Gateway').metadata).not.toHaveProperty('annotations');
  });
});

test('the construct exposes what it made', () => {
  const [chart] = chartsOf('gateway-system');
  const routers = Object.entries(implementations).map(([id, implementation]) => (
    new InferenceGateway(chart, id, { implementation }).addBodyBasedRouter({ name: `bbr-${id}` })
  ));
  expect(routers.map(({ name, namespace, filter, deployment, service }) => [name, namespace, filter.kind, deployment?.kind, service?.kind])).toEqual([
    ['bbr-istio', 'gateway-system', 'EnvoyFilter', 'Deployment', 'Service'],
    ['bbr-eg', 'gateway-system', 'EnvoyExtensionPolicy', 'Deployment', 'Service'],
    ['bbr-agentgateway', 'gateway-system', 'AgentgatewayPolicy', undefined, undefined],
    ['bbr-gke', 'gateway-system', 'GCPRoutingExtension', 'Deployment', 'Service'],
    ['bbr-higress', 'higress-system', 'WasmPlugin', undefined, undefined],
  ]);
  expect(ApiObject.of(routers[0])).toBe(routers[0].deployment);
  expect(ApiObject.of(routers[2])).toBe(routers[2].filter);
});

test('a Gateway that exists can have a router, in its namespace', () => {
  const [chart] = chartsOf('platform');
  const gateway = InferenceGateway.fromGatewayName(chart, 'gw', { name: 'shared', namespace: 'edge', implementation: implementations.istio });
  new BodyBasedRouter(chart, 'bbr', { gateway });
  expect(idsOf(chart)).toEqual([...ROUTER, 'DestinationRule', 'EnvoyFilter'].map((kind) => `${kind} edge/body-based-router`));
});

test('an implementation of one\'s own says how a router is plugged in', () => {
  const implementation = GatewayImplementation.of('my-istio', { bodyRouting: BodyRouting.ENVOY_FILTER });
  expect(kindsOf(implementation)).toEqual([...ROUTER, 'DestinationRule', 'EnvoyFilter']);
});

describe('mistakes', () => {
  test.each([GatewayImplementation.kgateway(), GatewayImplementation.of('nginx'), GatewayImplementation.of('x', { bodyRouting: BodyRouting.NONE })])(
    'fails on $gatewayClassName, which has no way to plug one in', (implementation) => {
      expect(() => chartWith(implementation)).toThrow(
        `IGW402 gatewayClassName is "${implementation.gatewayClassName}": has no way to plug a body-based router in; ` +
        'allowed: istio, eg, agentgateway, higress, the GKE classes, or GatewayImplementation.of with bodyRouting; ' +
        'have clients send the header X-Gateway-Model-Name, or choose another implementation',
      );
    },
  );

  test('fails for a second router, and names the first', () => {
    const [chart] = chartsOf('edge');
    const gateway = new InferenceGateway(chart, 'gw', { implementation: implementations.istio });
    gateway.addBodyBasedRouter();
    const message = 'IGW402 gateway is "edge/gw": has the body-based router edge/gw/BodyBasedRouter already; ' +
      'allowed: one router for each Gateway; remove one of the two';
    expect(() => gateway.addBodyBasedRouter({ name: 'other' })).toThrow(message);
    expect(() => new BodyBasedRouter(chart, 'bbr', { gateway, name: 'other' })).toThrow(message);
  });

  test('is no second router when the first was removed', () => {
    const gateway = new InferenceGateway(chartsOf('edge')[0], 'gw', { implementation: implementations.istio });
    gateway.addBodyBasedRouter();
    gateway.node.tryRemoveChild('BodyBasedRouter');
    expect(gateway.addBodyBasedRouter({ name: 'other' }).name).toBe('other');
  });

  test.each([-1, 1.5, NaN])('fails on %d replicas', (replicas) => {
    expect(() => chartWith(implementations.istio, { replicas })).toThrow(
      `IGW204 replicas is ${JSON.stringify(replicas)}: is not a number of pods; allowed: whole numbers from 0; set a whole number`,
    );
  });

  test.each([-1, 6, 2.5])('fails on verbosity %d', (verbosity) => {
    expect(() => chartWith(implementations.istio, { verbosity })).toThrow(
      `IGW204 verbosity is ${verbosity}: is not a log level; allowed: whole numbers from 0 to 5; set one of them`,
    );
  });

  test.each(['', 'a lot', '100 m', '-1', '-100m'])('fails on CPU request %j', (cpuRequest) => {
    expect(() => chartWith(implementations.istio, { cpuRequest })).toThrow(
      `IGW204 cpuRequest is ${JSON.stringify(cpuRequest)}: is not a quantity; allowed: for example 100m or 2; write a Kubernetes quantity`,
    );
  });

  test('fails with all of them together', () => {
    const options = { name: '1', namespace: 'a.b', replicas: -1, verbosity: 9, cpuRequest: 'x' };
    expect(() => chartWith(implementations.gke, options)).toThrow(new RegExp([
      '^gateway-system/inference-gateway/BodyBasedRouter: 6 mistakes',
      '  IGW101 name is "1": .*set `name` to a valid name',
      '  IGW101 namespace is "a\\.b": .*set `namespace` to a valid name',
      '  IGW204 replicas is -1: .*',
      '  IGW204 verbosity is 9: .*',
      '  IGW204 cpuRequest is "x": .*',
      '  IGW402 namespace is "a\\.b": .*$',
    ].join('\n')));
  });

  test('fails at synth for two Gateways that share a router by name', () => {
    const [chart] = chartsOf('edge');
    ['a', 'b'].forEach((id) => new InferenceGateway(chart, id, { implementation: implementations.istio }).addBodyBasedRouter());
    expect(() => Testing.synth(chart)).toThrow(/IGW103 Deployment\.apps edge\/body-based-router is rendered by both edge\/a\/.* and edge\/b\//);
  });
});
