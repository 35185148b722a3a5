import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import { at, filled, flag, integer, items, map, Path, text } from '../json';
import { addTo, view } from '../view';
import { CommandLine, isOn, numberOf, parseFlags } from './command-line';
import type { Container } from './containers';
import { findGateway, Gateway, GATEWAY_GROUP } from './gateways';
import { findService, Service, servicesFor } from './services';
import { PodTemplate, Workload, workloadsOf } from './workloads';

/** A workload of the set that is a body-based router, told by its image, its flags or what plugs it in. */
export interface BodyRouter {
  readonly object: GraphObject;
  readonly workload: Workload;
  readonly template: PodTemplate;
  readonly container: Container;
  readonly line: CommandLine;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly grpcPort?: number;
  readonly healthPort?: number;
  readonly secureServing?: boolean;
  readonly streaming?: boolean;
  /** Whether it watches one namespace; otherwise all of them. */
  readonly namespaced: boolean;
  readonly services: readonly Service[];
  readonly plugs: readonly RouterPlug[];
}

export enum PlugType {
  ENVOY_FILTER = 'EnvoyFilter',
  GCP_ROUTING_EXTENSION = 'GCPRoutingExtension',
  ENVOY_EXTENSION_POLICY = 'EnvoyExtensionPolicy',
  /** The gateway reads the body itself. */
  AGENTGATEWAY_POLICY = 'AgentgatewayPolicy',
}

/** What sends the requests of a Gateway through an external processor, or has the gateway itself read the body. */
export interface RouterPlug {
  readonly object: GraphObject;
  readonly type: PlugType;
  /** Of the filter or extension. */
  readonly path: Path;
  readonly namespace: string;
  /** Where it says which Gateways: names, or `all` of the namespace, or of the mesh when it is in the root namespace. */
  readonly targets: readonly { readonly path: Path; readonly kind: string; readonly name: string; readonly sectionName?: string }[];
  readonly everyGateway: boolean;
  /** The Gateways of the set it applies to. */
  readonly gateways: readonly Gateway[];
  /** The Service it calls; absent for AgentgatewayPolicy and for what cannot be told. */
  readonly service?: { readonly path: Path; readonly namespace: string; readonly name: string; readonly port?: number; readonly object?: Service };
  /** How the request body reaches the processor, as written: Envoy takes words and numbers. */
  readonly bodyMode?: unknown;
  readonly failOpen?: boolean;
  /** `INSERT_FIRST` and the like, for an EnvoyFilter. */
  readonly operation?: string;
  /** The name of the filter. */
  readonly name?: string;
}

const IMAGE = /(^|[/-])(bbr|body-based-routing|body-based-router|payload-processor|llm-d-inference-payload-processor)(:|@|$)/;
const BOOLEANS = new Set(['streaming', 'secure-serving', 'tracing', 'metrics-endpoint-auth', 'enable-pprof', 'zap-devel']);
const ROOT_NAMESPACE = 'istio-system';

/** What plugs external processors or body reading into the Gateways of the set. */
export const routerPlugsOf = view((graph: Graph): readonly RouterPlug[] => [
  ...graph.ofKind('networking.istio.io', 'EnvoyFilter').flatMap((object) => envoyFilters(graph, object)),
  ...graph.ofKind('networking.gke.io', 'GCPRoutingExtension').flatMap((object) => gcpExtensions(graph, object)),
  ...graph.ofKind('gateway.envoyproxy.io', 'EnvoyExtensionPolicy').flatMap((object) => envoyExtensions(graph, object)),
  ...['agentgateway.dev', 'gateway.kgateway.dev'].flatMap((group) => graph.ofKind(group, 'AgentgatewayPolicy'))
    .flatMap((object) => agentgatewayPolicies(graph, object)),
]);

const templatesOf = view((graph: Graph) => workloadsOf(graph).flatMap(({ templates }) => templates));

/** The body-based routers of the set, in order. */
export const bodyRoutersOf = view((graph: Graph): readonly BodyRouter[] => templatesOf(graph).flatMap((template) => {
  const { workload } = template;
  const container = template.containers.find(({ image, init }) => !init && IMAGE.test(image));
  if (!container) return [];
  const line = parseFlags(container.words, (name) => (BOOLEANS.has(name) ? true : undefined));
  const services = servicesFor(graph, template);
  const variable = container.env.find(({ name }) => name === 'NAMESPACE');
  return [{
    object: workload.object,
    workload,
    template,
    container,
    line,
    namespace: workload.namespace,
    serviceAccount: template.serviceAccount,
    grpcPort: numberOf(line, 'grpc-port', 9004),
    healthPort: numberOf(line, 'grpc-health-port', 9005),
    secureServing: isOn(line, 'secure-serving', true),
    streaming: isOn(line, 'streaming', false),
    namespaced: variable !== undefined && variable.value !== '',
    services,
    plugs: services.flatMap((service) => plugsTo(graph).get(service.object) ?? []),
  }];
}));

const routerTemplates = view((graph: Graph) => new Set(bodyRoutersOf(graph).map(({ template }) => template)));

const plugsTo = view((graph: Graph) => {
  const found = new Map<GraphObject, RouterPlug[]>();
  for (const plug of routerPlugsOf(graph)) if (plug.service?.object) addTo(found, plug.service.object.object, plug);
  return found;
});

/** What is plugged into each Gateway. */
export const plugsByGateway = view((graph: Graph): ReadonlyMap<Gateway, readonly RouterPlug[]> => {
  const found = new Map<Gateway, RouterPlug[]>();
  for (const plug of routerPlugsOf(graph)) plug.gateways.forEach((gateway) => addTo(found, gateway, plug));
  return found;
});

/** Whether a plug is for the body-based router, as far as can be told: a filter may be there for something else. */
export function isBodyPlug(graph: Graph, plug: RouterPlug): boolean {
  if (plug.type === PlugType.AGENTGATEWAY_POLICY) return true;
  const { service, name = '' } = plug;
  if (/bbr|body|payload/i.test(`${name} ${plug.object.name} ${service?.name ?? ''}`)) return true;
  return service?.object?.selects.some((template) => routerTemplates(graph).has(template)) ?? false;
}

/** The Service of an Envoy cluster of Istio: `outbound|9004||name.namespace.svc.cluster.local`. */
export function parseCluster(cluster: string): { namespace: string; name: string; port?: number } | undefined {
  const [, port, host] = /^outbound\|([0-9]*)\|[^|]*\|(.+)$/.exec(cluster) ?? [];
  const [name, namespace, svc] = (host ?? '').split('.');
  if (!name || !namespace || svc !== 'svc') return undefined;
  return { namespace, name, port: port ? Number(port) : undefined };
}

function targetsOf(graph: Graph, object: GraphObject): Pick<RouterPlug, 'targets' | 'gateways'> {
  const isGateway = (path: Path) => at(object.manifest, [...path, 'group']) === GATEWAY_GROUP;
  const refs = [...items(object.manifest, ['spec', 'targetRefs']), ...single(object, ['spec', 'targetRef'])];
  const targets = refs.map(({ value, path }) => {
    const { kind, name, sectionName } = map(value);
    return { path, kind: text(kind) ?? '', name: text(name) ?? '', sectionName: filled(sectionName) };
  });
  const named = targets.filter(({ kind, path }) => kind === 'Gateway' && isGateway(path)).map(({ name }) => findGateway(graph, object.namespace ?? '', name));
  return { targets, gateways: [...new Set(named.filter((gateway) => gateway !== undefined))] };
}

function single(object: GraphObject, path: Path): { value: unknown; path: Path }[] {
  const value = at(object.manifest, path);
  return value === undefined ? [] : [{ value, path }];
}

function envoyFilters(graph: Graph, object: GraphObject): RouterPlug[] {
  const { targets, gateways } = targetsOf(graph, object);
  const labels = map(object.get('spec', 'workloadSelector', 'labels'));
  const gatewayLabel = text(labels['gateway.networking.k8s.io/gateway-name']);
  const selected = Object.keys(labels).length > 0;
  const everyGateway = targets.length === 0 && !selected;
  const applies = everyGateway
    ? gatewayList(graph).filter(({ namespace }) => object.namespace === ROOT_NAMESPACE || namespace === object.namespace)
    : [...gateways, ...gatewayLabel === undefined ? [] : [findGateway(graph, object.namespace ?? '', gatewayLabel) ?? []].flat()];
  return items(object.manifest, ['spec', 'configPatches']).flatMap(({ value, path }): RouterPlug[] => {
    const patch = map(map(value).patch);
    const filter = map(patch.value);
    const config = map(filter.typed_config);
    if (!(text(config['@type']) ?? '').includes('ext_proc.v3.ExternalProcessor')) return [];
    const clusterPath = [...path, 'patch', 'value', 'typed_config', 'grpc_service', 'envoy_grpc', 'cluster_name'];
    const cluster = text(at(object.manifest, clusterPath));
    const target = cluster === undefined ? undefined : parseCluster(cluster);
    return [{
      object,
      type: PlugType.ENVOY_FILTER,
      path,
      namespace: object.namespace ?? '',
      targets,
      everyGateway,
      gateways: applies,
      service: target && { path: clusterPath, ...target, object: findService(graph, target.namespace, target.name) },
      bodyMode: map(config.processing_mode).request_body_mode,
      failOpen: flag(config.failure_mode_allow) ?? false,
      operation: text(patch.operation),
      name: text(filter.name),
    }];
  });
}

function gcpExtensions(graph: Graph, object: GraphObject): RouterPlug[] {
  return items(object.manifest, ['spec', 'extensionChains']).flatMap((chain) => items(object.manifest, [...chain.path, 'extensions']))
    .map(({ value, path }) => ({
      object,
      type: PlugType.GCP_ROUTING_EXTENSION,
      path,
      namespace: object.namespace ?? '',
      ...targetsOf(graph, object),
      everyGateway: false,
      service: backendOf(graph, object, [...path, 'backendRef']),
      bodyMode: map(value).requestBodySendMode,
      failOpen: flag(map(value).failOpen) ?? false,
      name: text(map(value).name),
    }));
}

function envoyExtensions(graph: Graph, object: GraphObject): RouterPlug[] {
  return items(object.manifest, ['spec', 'extProc']).map(({ value, path }) => ({
    object,
    type: PlugType.ENVOY_EXTENSION_POLICY,
    path,
    namespace: object.namespace ?? '',
    ...targetsOf(graph, object),
    everyGateway: false,
    service: backendOf(graph, object, [...path, 'backendRefs', 0]),
    bodyMode: at(value, ['processingMode', 'request', 'body']),
    failOpen: flag(map(value).failOpen) ?? false,
  }));
}

function agentgatewayPolicies(graph: Graph, object: GraphObject): RouterPlug[] {
  const path: Path = ['spec', 'traffic', 'transformation', 'request', 'set'];
  if (!items(object.manifest, path).some(({ value }) => (text(map(value).value) ?? '').includes('request.body'))) return [];
  return [{
    object,
    type: PlugType.AGENTGATEWAY_POLICY,
    path,
    namespace: object.namespace ?? '',
    ...targetsOf(graph, object),
    everyGateway: false,
  }];
}

function backendOf(graph: Graph, object: GraphObject, path: Path): RouterPlug['service'] {
  const { kind, name, namespace, port } = map(at(object.manifest, path));
  const service = filled(name);
  if (service === undefined || (filled(kind) ?? 'Service') !== 'Service') return undefined;
  const place = filled(namespace) ?? object.namespace ?? '';
  return { path, namespace: place, name: service, port: integer(port), object: findService(graph, place, service) };
}

function gatewayList(graph: Graph): readonly Gateway[] {
  return graph.ofKind(GATEWAY_GROUP, 'Gateway').flatMap(({ namespace = '', name }) => findGateway(graph, namespace, name) ?? []);
}
