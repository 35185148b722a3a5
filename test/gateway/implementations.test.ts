import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart, Yaml } from 'cdk8s';
import { BodyBasedRouterOptions, GatewayImplementation, GkeGatewayClass, InferenceGateway } from '../../src/gateway';
import { ModelRoute } from '../../src/routing';
import { withGoldens } from '../goldens';
import { chartsOf, objectsOf } from '../synth';

const implementations: [string, GatewayImplementation][] = [
  ['istio', GatewayImplementation.istio()],
  ['Envoy Gateway', GatewayImplementation.envoyGateway()],
  ['kgateway', GatewayImplementation.kgateway()],
  ['agentgateway', GatewayImplementation.agentgateway()],
  ['Higress', GatewayImplementation.higress()],
  ['GKE, internal', GatewayImplementation.gke()],
  ['GKE, external', GatewayImplementation.gke(GkeGatewayClass.REGIONAL_EXTERNAL)],
  ['one of its own', GatewayImplementation.of('nginx')],
];
const WITHOUT_ROUTER = ['kgateway', 'nginx'];

function render(implementation: GatewayImplementation): any[] {
  const [platform, team] = chartsOf('gateway-system', 'team-a');
  const gateway = new InferenceGateway(platform, 'inference-gateway', { implementation });
  if (!WITHOUT_ROUTER.includes(implementation.gatewayClassName)) gateway.addBodyBasedRouter();
  new ModelRoute(team, 'qwen3', { gateway, pool: { name: 'qwen3', namespace: 'team-a' }, modelName: 'qwen3' });
  return [platform, team].flatMap(objectsOf);
}

test('the smallest implementation is a class name', () => {
  expect(GatewayImplementation.of('nginx')).toMatchObject({ gatewayClassName: 'nginx', capabilities: {} });
});

test.each(implementations)('%s: a gateway, its body-based router and a model route', (_, implementation) => {
  expect(Yaml.stringify(...render(implementation))).toMatchSnapshot();
});

test.each(implementations)('%s renders its class, and is known by it', (_, implementation) => {
  const { gatewayClassName, capabilities } = implementation;
  expect(render(implementation)[0].spec.gatewayClassName).toBe(gatewayClassName);
  expect(GatewayImplementation.fromGatewayClassName(gatewayClassName)).toMatchObject({ gatewayClassName, capabilities });
});

test.each([
  ['istio', /^istiod runs with ENABLE_GATEWAY_API_INFERENCE_EXTENSION=true$/],
  ['eg', /InferencePool under extensionManager\.backendResources/],
  ['kgateway', /older than 2\.2/],
  ['agentgateway', /inferenceExtension\.enabled=true/],
  ['higress', /global\.enableInferenceExtension=true/],
])('%s says in one line what has to be switched on', (name, line) => {
  expect(GatewayImplementation.fromGatewayClassName(name).capabilities.prerequisite).toMatch(line);
});

test('the GKE class is the internal one unless told otherwise', () => {
  expect(GatewayImplementation.gke().gatewayClassName).toBe('gke-l7-rilb');
});

withGoldens('the body-based router equals the objects of the upstream chart', (folder) => {
  /** What differs on purpose: a path in one of our objects, and why. */
  const DELIBERATE: [RegExp, string][] = [
    [/^(ServiceAccount|Role|RoleBinding)\.metadata\.name$/, 'named after the router'],
    [/^RoleBinding\.(roleRef|subjects\[0\])\.name$/, 'named after the router'],
    [/^Deployment\..*\.serviceAccountName$/, 'named after the router'],
    [/^HealthCheckPolicy\.metadata\.name$/, 'named after the router: bbr-healthcheck leaves room for one only'],
    [/^HealthCheckPolicy\.spec\.targetRef\.namespace$/, 'the policy is in the namespace of its target'],
    [/^Deployment\..*\.(livenessProbe|readinessProbe)\./, 'the chart sets no probes'],
    [/^Deployment\..*\.resources\.requests\./, 'the chart sets no requests'],
    [/^Deployment\..*\.securityContext\./, 'the restricted Pod Security profile'],
    [/^Deployment\..*\.fieldRef\.apiVersion$/, 'v1 is what the API server takes'],
    [/^Deployment\..*\.imagePullPolicy$/, 'the tag is a release: there is nothing to pull again'],
  ];

  const tracing: BodyBasedRouterOptions = { tracing: { endpoint: 'http://localhost:4317' } };

  test.each<[string, GatewayImplementation, BodyBasedRouterOptions]>([
    ['bbr-istio', GatewayImplementation.istio(), {}],
    ['bbr-gke', GatewayImplementation.gke(), {}],
    ['bbr-none', GatewayImplementation.istio(), {}],
    ['bbr-tracing', GatewayImplementation.istio(), tracing],
  ])('the body-based router equals the objects of the upstream chart: %s', (scenario, implementation, options) => {
    const { expected } = JSON.parse(readFileSync(join(folder, 'gaie-charts', `${scenario}.json`), 'utf8'));
    const [chart] = chartsOf('gateway-system');
    new InferenceGateway(chart, 'inference-gateway', { implementation }).addBodyBasedRouter(options);
    const charted = byKind(expected);
    // A chart for no gateway has nothing that plugs the router in.
    const rendered = routerObjects(chart).filter(({ kind }) => charted[kind] || !['DestinationRule', 'EnvoyFilter'].includes(kind));
    const left = differences(inOrder(charted), inOrder(byKind(rendered)));
    expect(left.filter((path) => !DELIBERATE.some(([pattern]) => pattern.test(path)))).toEqual([]);
    const stale = DELIBERATE.filter(([pattern]) => !/HealthCheckPolicy|fieldRef/.test(pattern.source) && !left.some((path) => pattern.test(path)));
    expect(stale).toEqual([]);
  });
});

function routerObjects(chart: Chart): any[] {
  return objectsOf(chart).filter(({ kind }) => kind !== 'Gateway');
}

function byKind(objects: any[]): Record<string, any> {
  return Object.fromEntries(objects.map((object) => [object.kind, object]));
}

/** Variables by name: their order differs. */
function inOrder(objects: Record<string, any>): Record<string, any> {
  const { Deployment } = JSON.parse(JSON.stringify(objects));
  const [container] = Deployment.spec.template.spec.containers;
  container.env = Object.fromEntries(container.env.map((variable: any) => [variable.name, variable]));
  return { ...objects, Deployment };
}

/** Paths whose scalars differ. */
function differences(expected: unknown, actual: unknown): string[] {
  const [before, after] = [leaves(expected), leaves(actual)];
  return [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
}

function leaves(value: unknown, path = '', found = new Map<string, unknown>()): Map<string, unknown> {
  if (Array.isArray(value)) {
    value.forEach((item, index) => leaves(item, `${path}[${index}]`, found));
  } else if (value !== null && typeof value === 'object') {
    Object.entries(value).forEach(([key, item]) => leaves(item, path ? `${path}.${key}` : key, found));
  } else {
    found.set(path, value);
  }
  return found;
}
