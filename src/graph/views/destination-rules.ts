import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import { at, filled, flag, integer, items, map, Path, text, texts } from '../json';
import { addTo, view } from '../view';

const ISTIO_GROUP = 'networking.istio.io';
/** Where rules apply to the whole mesh, unless an installation says otherwise. */
const ROOT_NAMESPACE = 'istio-system';

export interface TlsSettings {
  readonly path: Path;
  /** DISABLE, SIMPLE, MUTUAL or ISTIO_MUTUAL. */
  readonly mode: string;
  readonly insecureSkipVerify: boolean;
  readonly caCertificates?: string;
  readonly credentialName?: string;
}

export interface DestinationRule {
  readonly object: GraphObject;
  readonly namespace: string;
  /** As it is written. */
  readonly host: string;
  /** The whole name: a short one is of the rule's own namespace. */
  readonly fqdn: string;
  readonly tls?: TlsSettings;
  readonly portTls: ReadonlyMap<number, TlsSettings | undefined>;
  readonly exportTo: readonly string[];
  /** Whether it is for some clients only. */
  readonly selective: boolean;
}

export const destinationRulesOf = view((graph: Graph): readonly DestinationRule[] => (
  graph.ofKind(ISTIO_GROUP, 'DestinationRule').map(ruleOf)));

const byHost = view((graph: Graph) => {
  const exact = new Map<string, DestinationRule[]>();
  const wildcards: DestinationRule[] = [];
  for (const rule of destinationRulesOf(graph)) {
    if (rule.fqdn.startsWith('*')) wildcards.push(rule);
    else addTo(exact, rule.fqdn, rule);
  }
  // The most specific wildcard comes first.
  wildcards.sort((a, b) => b.fqdn.length - a.fqdn.length);
  return { exact, wildcards };
});

/** The rules of the set for a Service, whether a client sees them or not. */
export function destinationRulesFor(graph: Graph, namespace: string, service: string): readonly DestinationRule[] {
  const host = `${service}.${namespace}.svc.cluster.local`;
  const { exact, wildcards } = byHost(graph);
  return [...exact.get(host) ?? [], ...wildcards.filter(({ fqdn }) => host.endsWith(fqdn.slice(1)))];
}

/**
 * The rule that the gateway of a namespace obeys for a Service: Istio looks in the client's namespace, then in that of the Service, then
 * in the root namespace, and takes the first place that has one it exports to the client.
 */
export function destinationRuleFor(graph: Graph, client: string, namespace: string, service: string): DestinationRule | undefined {
  const rules = destinationRulesFor(graph, namespace, service).filter(({ selective }) => !selective);
  const from = (place: string) => rules.find((rule) => rule.namespace === place && isExported(rule, client));
  return from(client) ?? from(namespace) ?? from(ROOT_NAMESPACE);
}

/** What a rule says of TLS to a port. */
export function tlsTo({ tls, portTls }: DestinationRule, port: number | undefined): TlsSettings | undefined {
  return port !== undefined && portTls.has(port) ? portTls.get(port) : tls;
}

/** Whether the clients of a namespace see a rule. */
export function isExported({ namespace, exportTo }: DestinationRule, client: string): boolean {
  if (exportTo.length === 0) return true;
  return exportTo.some((place) => place === '*' || place === client || (place === '.' && client === namespace));
}

function ruleOf(object: GraphObject): DestinationRule {
  const { manifest, namespace = '' } = object;
  const { host, exportTo, workloadSelector } = map(manifest.spec);
  const policy: Path = ['spec', 'trafficPolicy'];
  const written = (text(host) ?? '').toLowerCase();
  return {
    object,
    namespace,
    host: text(host) ?? '',
    fqdn: qualified(written, namespace),
    tls: tlsOf(manifest, [...policy, 'tls']),
    portTls: new Map(items(manifest, [...policy, 'portLevelSettings']).flatMap(({ value, path }) => {
      const number = integer(map(map(value).port).number);
      return number === undefined ? [] : [[number, tlsOf(manifest, [...path, 'tls'])] as const];
    })),
    exportTo: texts(exportTo),
    selective: workloadSelector !== undefined && workloadSelector !== null,
  };
}

/** A name without dots is of the rule's namespace; `a.b` and `a.b.svc` are not completed by Istio. */
function qualified(host: string, namespace: string): string {
  return host === '' || host.includes('.') || host.startsWith('*') ? host : `${host}.${namespace}.svc.cluster.local`;
}

function tlsOf(manifest: unknown, path: Path): TlsSettings | undefined {
  const tls = at(manifest, path);
  if (typeof tls !== 'object' || tls === null) return undefined;
  const { mode, insecureSkipVerify, caCertificates, credentialName } = map(tls);
  return {
    path,
    mode: text(mode) ?? 'DISABLE',
    insecureSkipVerify: flag(insecureSkipVerify) ?? false,
    caCertificates: filled(caCertificates),
    credentialName: filled(credentialName),
  };
}
