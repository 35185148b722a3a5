import type { Graph } from '../../graph';
import type { GraphObject } from '../../graph-object';
import { at, filled, items, map, Path, text } from '../../json';
import { GraphRule, Problem, RuleFamily, Severity } from '../../rule';
import { view } from '../../view';
import { bodyRoutersOf, parseCluster } from '../../views/body-routers';
import { findService } from '../../views/services';

export const rule: GraphRule = {
  code: 'IGW1226',
  title: 'the filter of a body-based router is none that a gateway runs',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'Every request answers 404, unless the client sets the model header itself; or the gateway keeps its last configuration, and new listeners never come up.',
  breaks: 'Istio refuses an EnvoyFilter without applyTo, operation or type, ignores one that matches no filter of a gateway, and Envoy refuses a listener with a filter that says '
    + 'too little.',
  source: 'Istio, ValidateEnvoyFilter and the patches of listeners of pilot/pkg/networking/core; Envoy, ext_proc.v3.ExternalProcessor',
  * check(graph) {
    for (const object of graph.ofKind('networking.istio.io', 'EnvoyFilter')) {
      for (const { path } of items(object.manifest, ['spec', 'configPatches'])) {
        const problem = isForRouter(graph, object, path) && faultOf(graph, object, path);
        if (problem) yield { object, ...problem };
      }
    }
  },
};

type Fault = Omit<Problem, 'object'>;

const TYPE = 'type.googleapis.com/envoy.extensions.filters.http.ext_proc.v3.ExternalProcessor';
const MANAGER = 'envoy.filters.network.http_connection_manager';
const MANAGERS = new Set([MANAGER, 'envoy.http_connection_manager']);

const HEADER_MODES = ['DEFAULT', 'SEND', 'SKIP'];
const BODY_MODES = ['NONE', 'STREAMED', 'BUFFERED', 'BUFFERED_PARTIAL', 'FULL_DUPLEX_STREAMED'];
const MODES: Readonly<Record<string, readonly string[]>> = {
  request_header_mode: HEADER_MODES,
  response_header_mode: HEADER_MODES,
  request_body_mode: BODY_MODES,
  response_body_mode: BODY_MODES,
  request_trailer_mode: HEADER_MODES,
  response_trailer_mode: HEADER_MODES,
};
const BOOLEANS = ['failure_mode_allow', 'allow_mode_override'];

const routerServices = view((graph: Graph) => new Set(bodyRoutersOf(graph).flatMap(({ services }) => services)));

/** Whether a patch was meant to add the filter: it calls a body-based router of the set, or has such a name. */
function isForRouter(graph: Graph, { manifest, name }: GraphObject, path: Path): boolean {
  const { applyTo, patch } = map(at(manifest, path));
  const filter = map(map(patch).value);
  const config = map(filter.typed_config);
  const cluster = text(at(config, ['grpc_service', 'envoy_grpc', 'cluster_name']));
  const target = cluster === undefined ? undefined : parseCluster(cluster);
  const service = target && findService(graph, target.namespace, target.name);
  if (service && routerServices(graph).has(service)) return true;
  const named = /\bbbr\b|body-based|payload-process/i.test(`${name} ${text(filter.name) ?? ''}`);
  return named && (applyTo === 'HTTP_FILTER' || isProcessor(config));
}

function isProcessor(config: Readonly<Record<string, unknown>>): boolean {
  return (text(config['@type']) ?? '').includes('ext_proc');
}

function faultOf(graph: Graph, object: GraphObject, path: Path): Fault | undefined {
  const read = (...field: Path) => at(object.manifest, [...path, ...field]);
  const fault = (field: Path, problem: string, fix: string, allowed?: string): Fault => {
    const value = read(...field);
    return {
      field: [...path, ...field],
      ...value === undefined || value === null ? {} : { value },
      problem,
      ...allowed === undefined ? {} : { allowed },
      fix,
    };
  };
  const refused = 'Istio refuses the EnvoyFilter, and no model is read from the bodies of requests';
  const ignored = 'it is ignored, and no model is read from the bodies of requests';
  const place = read('applyTo');
  if (place !== 'HTTP_FILTER') {
    const what = place === undefined || place === null ? 'is missing' : 'is no place for a filter of HTTP requests';
    return fault(['applyTo'], `${what}: ${refused}`, 'set HTTP_FILTER', 'HTTP_FILTER');
  }
  const operation = read('patch', 'operation');
  if (operation === undefined || operation === null || operation === 'INVALID') return fault(['patch', 'operation'], `is missing: ${refused}`, 'set INSERT_FIRST', 'INSERT_FIRST, INSERT_BEFORE, INSERT_AFTER');
  const name = filled(read('patch', 'value', 'name'));
  if (operation === 'MERGE' || operation === 'REMOVE') {
    if (name !== undefined && addedFilters(graph).has(name)) return undefined;
    return fault(['patch', 'operation'], `adds no filter, and none of that name is there: ${ignored}`, 'set INSERT_FIRST', 'INSERT_FIRST, INSERT_BEFORE, INSERT_AFTER');
  }
  const context = text(read('match', 'context'));
  if (context !== undefined && /^SIDECAR|^WAYPOINT$/.test(context)) return fault(['match', 'context'], `is not the proxies of a Gateway: ${ignored}`, 'set GATEWAY, or leave it out', 'GATEWAY, ANY');
  const within: Path = ['match', 'listener', 'filterChain', 'filter'];
  if (read(...within) !== undefined && read(...within) !== null) {
    const manager = read(...within, 'name');
    if (filled(manager) === undefined) return fault([...within, 'name'], `is missing: ${refused}`, `write ${MANAGER}`, MANAGER);
    if (!MANAGERS.has(manager as string)) return fault([...within, 'name'], `is no filter that a Gateway has: ${ignored}`, `write ${MANAGER}`, MANAGER);
  }
  return configFault(read, fault, refused);
}

function configFault(
  read: (...field: Path) => unknown,
  fault: (field: Path, problem: string, fix: string, allowed?: string) => Fault,
  refused: string,
): Fault | undefined {
  const config: Path = ['patch', 'value', 'typed_config'];
  const stuck = 'Envoy refuses the configuration of the listener, and the Gateway takes no changes any more';
  if (filled(read('patch', 'value', 'name')) === undefined) return fault(['patch', 'value', 'name'], `is missing: ${stuck}`, 'name the filter, for example envoy.filters.http.ext_proc.bbr');
  if (read(...config, '@type') !== TYPE) {
    const missing = filled(read(...config, '@type')) === undefined;
    return fault([...config, '@type'], missing ? `is missing: ${refused}` : `is not the filter that calls a body-based router: ${refused}`, `write ${TYPE}`, TYPE);
  }
  for (const field of BOOLEANS) {
    const value = read(...config, field);
    if (value !== undefined && value !== null && typeof value !== 'boolean') return fault([...config, field], `is not true or false: ${refused}`, 'write true or false, without quotes', 'true, false');
  }
  for (const [field, words] of Object.entries(MODES)) {
    const value = read(...config, 'processing_mode', field);
    if (value === undefined || value === null || words.includes(value as string) || (typeof value === 'number' && value >= 0 && value < words.length)) continue;
    return fault([...config, 'processing_mode', field], `is no such mode: ${refused}`, `set ${words === BODY_MODES ? 'FULL_DUPLEX_STREAMED' : 'SEND'}, for example`, words.join(', '));
  }
  if (read(...config, 'http_service') !== undefined || map(read(...config, 'grpc_service')).google_grpc !== undefined) return undefined;
  const cluster: Path = [...config, 'grpc_service', 'envoy_grpc', 'cluster_name'];
  return filled(read(...cluster)) !== undefined ? undefined : fault(cluster, `is missing: ${stuck}`, 'write the cluster of its Service', 'outbound|<port>||<service>.<namespace>.svc.cluster.local');
}

/** The names of filters that EnvoyFilters of the set add. */
const addedFilters = view((graph: Graph): ReadonlySet<string> => new Set(graph.ofKind('networking.istio.io', 'EnvoyFilter').flatMap(({ manifest }) => (
  items(manifest, ['spec', 'configPatches']).flatMap(({ value }) => {
    const { operation, value: filter } = map(map(value).patch);
    return /^(INSERT|ADD)/.test(text(operation) ?? '') ? text(map(filter).name) ?? [] : [];
  })))));
