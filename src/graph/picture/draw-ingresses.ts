import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import { at, filled, integer, items, map, text } from '../json';
import { DESTINATION, HIGRESS_NETWORKING } from '../views/higress';
import type { DraftNode, Drafts } from './drafts';

/** Draws Ingresses behind their class, and the registries of Higress that their annotations send requests to. */
export function drawIngresses(drafts: Drafts): void {
  const { graph } = drafts;
  const registries = registriesOf(graph);
  for (const ingress of ingressesOf(graph)) {
    const node = drafts.add(ingress, 'route', ingressModels(ingress).join(', ') || hostsOf(ingress).join(', '));
    drafts.link(classOf(drafts, ingress), node, 'class');
    for (const { name, weight } of destinationsOf(ingress)) {
      const found = registryOf(registries, name);
      const known = found
        ? drafts.part(`registry ${found.key}`, () => ({
          role: 'registry', kind: 'registry', label: found.name, namespace: found.object.namespace ?? '', detail: `${found.type} · ${found.address}`,
          state: 'present', object: found.object,
        }))
        : destinationService(drafts, name) ?? drafts.part(`registry ${name}`, () => ({
          role: 'registry', kind: 'registry', label: name, namespace: '', detail: '', state: registries.size > 0 && /\.(static|dns)$/.test(name) ? 'missing' : 'unknown',
        }));
      drafts.link(node, known, 'destination', { label: weight, source: { object: ingress, path: ['metadata', 'annotations', DESTINATION] } });
      const service = found && destinationService(drafts, found.domain);
      if (service) drafts.link(known, service, 'registry');
    }
  }
}

function ingressesOf(graph: Graph): readonly GraphObject[] {
  return graph.ofKind('networking.k8s.io', 'Ingress');
}

/** The models that the header annotations of an Ingress are for. */
export function ingressModels({ annotations }: GraphObject): string[] {
  return [...new Set([...annotations].filter(([key]) => /match-header-.*model/i.test(key)).map(([, value]) => value))];
}

function hostsOf({ manifest }: GraphObject): string[] {
  const hosts = items(manifest, ['spec', 'rules']).map(({ value, path }) => {
    const first = items(manifest, [...path, 'http', 'paths'])[0];
    return `${filled(map(value).host) ?? ''}${filled(map(first?.value).path) ?? ''}`;
  });
  return [...new Set(hosts.filter((host) => host !== '' && host !== '/'))];
}

/** The node that stands for an Ingress class. */
function classOf(drafts: Drafts, ingress: GraphObject): DraftNode {
  const name = filled(ingress.get('spec', 'ingressClassName')) ?? ingress.annotations.get('kubernetes.io/ingress.class') ?? '';
  const object = drafts.graph.find({ group: 'networking.k8s.io', kind: 'IngressClass', name });
  if (object) return drafts.add(object, 'gateway');
  return drafts.part(`class ${name}`, () => ({
    role: 'gateway', kind: 'IngressClass', label: name || '(default class)', namespace: '', detail: '', state: 'present',
  }));
}

interface Registry {
  readonly key: string;
  readonly object: GraphObject;
  readonly name: string;
  readonly type: string;
  readonly domain: string;
  readonly address: string;
}

/** The registries of the set by the hosts of their services; of all hosts of a Nacos, by how they end. */
function registriesOf(graph: Graph): ReadonlyMap<string, Registry> {
  const found = new Map<string, Registry>();
  const add = (host: string, registry: Registry) => found.has(host) || found.set(host, registry);
  for (const registry of listOf(graph)) {
    add(`${registry.name}.${registry.type}`, registry);
    if (/^nacos[23]?$/.test(registry.type)) add('.nacos', registry);
  }
  return found;
}

function registryOf(registries: ReadonlyMap<string, Registry>, host: string): Registry | undefined {
  return registries.get(host) ?? (host.endsWith('.nacos') ? registries.get('.nacos') : undefined);
}

function listOf(graph: Graph): Registry[] {
  return graph.ofKind(HIGRESS_NETWORKING, 'McpBridge').flatMap((object) => items(object.manifest, ['spec', 'registries']).map(({ value, path }) => {
    const fields = map(value);
    const [name, type, domain] = [text(fields.name) ?? '', text(fields.type) ?? '', text(fields.domain) ?? ''];
    const port = integer(fields.port);
    return {
      key: `${object.key} ${path.join('/')}`,
      object,
      name,
      type,
      domain,
      // A static registry has the port in its addresses.
      address: type === 'static' || port === undefined ? domain : `${domain}:${port}`,
    };
  }));
}

/** `80% llama.static:80`, one in each line; a share of 100 is not said. */
function destinationsOf({ annotations }: GraphObject): { name: string; weight: string }[] {
  return (annotations.get(DESTINATION) ?? '').split('\n').flatMap((line) => {
    const [, share, host] = /^\s*(?:(\d+)%\s+)?(\S+)/.exec(line) ?? [];
    return host ? [{ name: host.replace(/:\d+$/, ''), weight: share === undefined || share === '100' ? '' : `${share} %` }] : [];
  });
}

/** The Service of the set that a host of the cluster is of. */
function destinationService(drafts: Drafts, host: string): DraftNode | undefined {
  const [name, namespace, svc] = host.replace(/:\d+$/, '').split('.');
  if (svc !== 'svc') return undefined;
  const object = drafts.graph.find({ group: '', kind: 'Service', namespace, name });
  return object && drafts.add(object, 'service', items(object.manifest, ['spec', 'ports']).map(({ value }) => `:${String(at(value, ['port']))}`).join(' '));
}
