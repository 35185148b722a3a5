import type { Graph } from '../../graph';
import { items, list, map, text } from '../../json';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { view } from '../../view';
import { Gateway } from '../../views/gateways';
import { POOL_GROUP } from '../../views/pools';
import { routesByGateway } from '../../views/routes';
import { workloadsOf } from '../../views/workloads';

const ISTIO_SWITCH = 'ENABLE_GATEWAY_API_INFERENCE_EXTENSION';

export const rule: GraphRule = {
  code: 'IGW1506',
  title: 'InferencePools have to be switched on in the implementation of a Gateway',
  family: RuleFamily.IMPLEMENTATION,
  severity: Severity.INFO,
  symptom: 'Requests answer 500. The route has ResolvedRefs=False with reason InvalidKind, "not enabled"; the pool has no status.',
  breaks: `Support for InferencePools is off by default: ${ISTIO_SWITCH} of istiod, extensionManager.backendResources of Envoy Gateway, inferenceExtension.enabled of `
    + 'agentgateway, global.enableInferenceExtension of Higress.',
  source: 'Istio, features/experimental.go; observed with Istio 1.30: InvalidKind with the switch off; charts of the other implementations',
  * check(graph) {
    const said = new Set<string>();
    for (const [gateway, routes] of routesByGateway(graph)) {
      const { prerequisite, gatewayClassName } = gateway.implementation.capabilities.prerequisite === undefined
        ? { prerequisite: undefined, gatewayClassName: '' }
        : { prerequisite: gateway.implementation.capabilities.prerequisite, gatewayClassName: gateway.className };
      // For kgateway it is IGW1501.
      if (prerequisite === undefined || gatewayClassName === 'kgateway' || said.has(prerequisite)) continue;
      if (!routes.some(({ rules }) => rules.some(({ backends }) => backends.some(({ kind, group }) => kind === 'InferencePool' && group === POOL_GROUP)))) continue;
      said.add(prerequisite);
      const off = gatewayClassName === 'istio' ? controlPlaneProblem(graph) : undefined;
      if (off) yield off;
      else if (!mentions(graph).some((settings) => settings.includes(MARKS[gatewayClassName] ?? ISTIO_SWITCH))) yield hint(gateway, prerequisite);
    }
  },
};

/** What stands in the settings that switch it on. */
const MARKS: Readonly<Record<string, string>> = {
  istio: ISTIO_SWITCH, eg: 'InferencePool', agentgateway: 'inferenceExtension', higress: 'enableInferenceExtension',
};

function hint({ object, className }: Gateway, prerequisite: string): Problem {
  return {
    object, field: ['spec', 'gatewayClassName'], value: className, problem: `takes InferencePools only when they are switched on: ${prerequisite}`,
    fix: 'check the installation of the gateway',
  };
}

/** An istiod of the set that runs without the switch. */
function controlPlaneProblem(graph: Graph): Problem | undefined {
  for (const { object, templates } of workloadsOf(graph)) {
    for (const { labels, containers } of templates) {
      if (labels.get('app') !== 'istiod' && labels.get('istio') !== 'pilot') continue;
      const container = containers.find(({ name }) => name === 'discovery');
      if (!container || items(object.manifest, [...container.path, 'envFrom']).length > 0) return undefined;
      const variable = container.env.find(({ name }) => name === ISTIO_SWITCH);
      if (variable && (variable.value === undefined || /^(true|1|t)$/i.test(variable.value))) return undefined;
      return {
        object,
        field: variable ? [...variable.path, 'value'] : [...container.path, 'env'],
        ...variable ? { value: variable.value } : {},
        problem: variable ? `of ${ISTIO_SWITCH} switches InferencePools off: requests to them answer 500` : `has no ${ISTIO_SWITCH}: InferencePools are switched off, and requests to them answer 500`,
        fix: `set ${ISTIO_SWITCH} to "true"`,
        severity: Severity.ERROR,
      };
    }
  }
  return undefined;
}

/** Settings of installations in the set. */
const mentions = view((graph: Graph): readonly string[] => [
  ...graph.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease').map((object) => object.get('spec', 'values')),
  ...['Application', 'ApplicationSet'].flatMap((kind) => graph.ofKind('argoproj.io', kind)).map((object) => object.get('spec')),
  ...graph.ofKind('sailoperator.io', 'Istio').map((object) => object.get('spec')),
  ...graph.ofKind('install.istio.io', 'IstioOperator').map((object) => object.get('spec')),
  ...graph.namesakes('', 'ConfigMap', 'envoy-gateway-config').map((object) => object.get('data')),
  ...workloadsOf(graph).filter(({ templates }) => templates.some(({ labels }) => labels.get('app') === 'istiod'))
    .flatMap(({ templates }) => templates.flatMap(({ containers }) => containers.map(({ env }) => env.map(({ name }) => name)))),
].map((settings) => shortText(settings)));

function shortText(value: unknown): string {
  if (Array.isArray(value)) return list(value).map(shortText).join(' ');
  if (typeof value === 'object' && value !== null) return Object.entries(map(value)).map(([key, item]) => `${key} ${shortText(item)}`).join(' ');
  return text(value) ?? '';
}
