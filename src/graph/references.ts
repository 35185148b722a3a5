import type { Graph } from './graph';
import type { GraphObject, ObjectName } from './graph-object';
import { at, filled, flag, integer, items, map, Path, text } from './json';
import { Reference, ReferenceType } from './reference';
import { bindingsOf } from './views/access';
import { routerPlugsOf } from './views/body-routers';
import { destinationRulesOf } from './views/destination-rules';
import { pickersOf } from './views/endpoint-pickers';
import { certificateOf, GATEWAY_GROUP, gatewaysOf, listenerSetsOf } from './views/gateways';
import { POOL_GROUP, poolsOf } from './views/pools';
import { routesOf } from './views/routes';
import { servicesOf } from './views/services';
import { trustRefsOf } from './views/tls';
import { PodTemplate, workloadsOf } from './views/workloads';

/** What one part of the graph refers to. */
type Source = (graph: Graph) => readonly Reference[];

/** Every reference of a set, sorted by the object that makes it. */
export function referencesOf(graph: Graph): readonly Reference[] {
  const order = new Map(graph.objects.map((object, index) => [object, index]));
  return SOURCES.flatMap((source) => source(graph)).sort((a, b) => order.get(a.from)! - order.get(b.from)!);
}

type Target = ObjectName & Partial<Pick<Reference, 'port' | 'section' | 'optional'>>;

function refer(graph: Graph, from: GraphObject, type: ReferenceType, path: Path, target: Target): Reference {
  const { group, kind, namespace, name, port, section, optional } = target;
  return { type, from, path, group, kind, namespace, name, port, section, optional, to: graph.find({ group, kind, namespace, name }) };
}

const gateways: Source = (graph) => gatewaysOf(graph).flatMap(({ object, className: name }) => [
  refer(graph, object, ReferenceType.GATEWAY_CLASS, ['spec', 'gatewayClassName'], { group: GATEWAY_GROUP, kind: 'GatewayClass', name }),
  ...items(object.manifest, ['spec', 'listeners']).flatMap(({ path }) => certificatesAt(graph, object, [...path, 'tls', 'certificateRefs'])),
]);

const listenerSets: Source = (graph) => listenerSetsOf(graph).flatMap(({ object, parent }) => [
  refer(graph, object, ReferenceType.PARENT, parent.path, parent),
  ...items(object.manifest, ['spec', 'listeners']).flatMap(({ path }) => certificatesAt(graph, object, [...path, 'tls', 'certificateRefs'])),
]);

function certificatesAt(graph: Graph, object: GraphObject, path: Path): Reference[] {
  return items(object.manifest, path)
    .map((item) => refer(graph, object, ReferenceType.CERTIFICATE, item.path, certificateOf(item.value, item.path, object)));
}

const trust: Source = (graph) => trustRefsOf(graph)
  .map(({ object, path, ...target }) => refer(graph, object, ReferenceType.CERTIFICATE, path, target));

const routes: Source = (graph) => routesOf(graph).flatMap(({ object, namespace, attachments, rules }) => [
  ...attachments.map(({ ref }) => refer(graph, object, ReferenceType.PARENT, ref.path, { ...ref, section: ref.sectionName })),
  ...rules.flatMap(({ backends, mirrors, filters }) => [
    ...[...backends, ...mirrors].map((ref) => (
      refer(graph, object, ref.mirror ? ReferenceType.MIRROR : ReferenceType.BACKEND, ref.path, ref))),
    ...filters.filter(({ type }) => type === 'ExtensionRef').map(({ value, path }) => {
      const { group, kind, name } = map(value.extensionRef);
      const target = { group: text(group) ?? '', kind: text(kind) ?? '', namespace, name: text(name) ?? '' };
      return refer(graph, object, ReferenceType.EXTENSION, [...path, 'extensionRef'], target);
    }),
  ]),
]);

const pools: Source = (graph) => poolsOf(graph).flatMap(({ object, namespace, picker, selectorPath, selects }) => [
  ...(picker ? [refer(graph, object, ReferenceType.ENDPOINT_PICKER, picker.path, { ...picker, namespace })] : []),
  ...selected(object, selectorPath, selects),
]);

const services: Source = (graph) => servicesOf(graph).flatMap(({ object, selects }) => selected(object, ['spec', 'selector'], selects));

/** One reference for each workload, however many templates it has. */
function selected(from: GraphObject, path: Path, templates: readonly PodTemplate[]): Reference[] {
  return [...new Set(templates.map(({ workload }) => workload.object))].map((to) => {
    const { group, kind, namespace, name } = to;
    return { type: ReferenceType.SELECTS, from, path, group, kind, namespace, name, to };
  });
}

const pickers: Source = (graph) => pickersOf(graph).flatMap(({ object, pool }) => (
  pool ? [refer(graph, object, ReferenceType.POOL_FLAG, pool.flag.valuePath, { ...pool, kind: 'InferencePool' })] : []));

const poolUsers: Source = (graph) => ['inference.networking.x-k8s.io', 'llm-d.ai', POOL_GROUP].flatMap((group) => (
  ['InferenceObjective', 'InferenceModelRewrite', 'InferenceModel'].flatMap((kind) => graph.ofKind(group, kind))))
  .flatMap((object) => {
    const ref = object.get('spec', 'poolRef');
    if (ref === undefined) return [];
    const { group, kind, name } = map(ref);
    const target = { group: text(group) ?? POOL_GROUP, kind: filled(kind) ?? 'InferencePool', namespace: object.namespace, name: text(name) ?? '' };
    return [refer(graph, object, ReferenceType.POOL, ['spec', 'poolRef'], target)];
  });

const workloads: Source = (graph) => workloadsOf(graph).flatMap(({ object, namespace, templates }) => templates.flatMap((template) => {
  const core = (type: ReferenceType, kind: string, name: string, path: Path, more: Partial<Target> = {}) => (
    refer(graph, object, type, path, { group: '', kind, namespace, name, ...more }));
  const account = template.serviceAccount === 'default'
    ? []
    : [core(ReferenceType.SERVICE_ACCOUNT, 'ServiceAccount', template.serviceAccount, [...template.specPath, 'serviceAccountName'])];
  const volumes = template.volumes.flatMap(({ path, configMap, secret, claim }) => [
    ...(configMap ? [core(ReferenceType.CONFIG_MAP, 'ConfigMap', configMap.name, [...path, 'configMap', 'name'], configMap)] : []),
    ...(secret ? [core(ReferenceType.SECRET, 'Secret', secret.name, [...path, 'secret', 'secretName'], secret)] : []),
    ...(claim ? [core(ReferenceType.VOLUME_CLAIM, 'PersistentVolumeClaim', claim, [...path, 'persistentVolumeClaim', 'claimName'])] : []),
  ]);
  const variables = template.containers.flatMap(({ env, path }) => [
    ...env.flatMap((variable) => (['configMap', 'secret'] as const).flatMap((from) => {
      const name = variable[from];
      const field = `${from}KeyRef`;
      if (name === undefined) return [];
      const optional = flag(at(object.manifest, [...variable.path, 'valueFrom', field, 'optional']));
      const target = { section: variable.key, optional };
      return [core(...sourceKind(from), name, [...variable.path, 'valueFrom', field, 'name'], target)];
    })),
    ...items(object.manifest, [...path, 'envFrom']).flatMap((source) => (['configMap', 'secret'] as const).flatMap((from) => {
      const ref = map(map(source.value)[`${from}Ref`]);
      const name = filled(ref.name);
      return name === undefined ? [] : [core(...sourceKind(from), name, [...source.path, `${from}Ref`, 'name'], { optional: flag(ref.optional) })];
    })),
  ]);
  return [...account, ...volumes, ...variables];
}));

function sourceKind(from: 'configMap' | 'secret'): [ReferenceType, string] {
  return from === 'configMap' ? [ReferenceType.CONFIG_MAP, 'ConfigMap'] : [ReferenceType.SECRET, 'Secret'];
}

const access: Source = (graph) => bindingsOf(graph).flatMap(({ object, role, subjects }) => [
  refer(graph, object, ReferenceType.ROLE, role.path, role),
  ...subjects.filter(({ kind }) => kind === 'ServiceAccount').map(({ path, namespace, name }) => (
    refer(graph, object, ReferenceType.SUBJECT, path, { group: '', kind: 'ServiceAccount', namespace, name }))),
]);

const hosts: Source = (graph) => destinationRulesOf(graph).flatMap(({ object, fqdn }) => {
  const [name, namespace, svc] = fqdn.split('.');
  if (fqdn.startsWith('*') || svc !== 'svc') return [];
  return [refer(graph, object, ReferenceType.HOST, ['spec', 'host'], { group: '', kind: 'Service', namespace, name })];
});

const plugs: Source = (graph) => routerPlugsOf(graph).flatMap(({ object, service }) => (
  service ? [refer(graph, object, ReferenceType.PLUGIN_SERVICE, service.path, { group: '', kind: 'Service', ...service })] : []));

/** `targetRef`, `targetRefs` and `scaleTargetRef` of any kind, in the namespace of the object. */
const targets: Source = (graph) => graph.objects.flatMap((object) => {
  const refs = [
    ...items(object.manifest, ['spec', 'targetRefs']),
    ...['targetRef'].flatMap((field) => (object.get('spec', field) === undefined ? [] : [{ value: object.get('spec', field), path: ['spec', field] }])),
  ].map(({ value, path }) => targetAt(graph, object, ReferenceType.TARGET, value, path));
  const scaled = object.get('spec', 'scaleTargetRef');
  return [...refs, ...(scaled === undefined ? [] : [targetAt(graph, object, ReferenceType.SCALES, scaled, ['spec', 'scaleTargetRef'])])]
    .filter((reference) => reference !== undefined);
});

function targetAt(graph: Graph, object: GraphObject, type: ReferenceType, value: unknown, path: Path): Reference | undefined {
  const { group, apiVersion, kind, namespace, name, sectionName } = map(value);
  const target = filled(name);
  // KEDA leaves out the group and kind of a Deployment.
  const word = filled(kind) ?? (type === ReferenceType.SCALES ? 'Deployment' : undefined);
  if (target === undefined || word === undefined) return undefined;
  const fromVersion = text(apiVersion)?.includes('/') ? text(apiVersion)!.split('/')[0] : undefined;
  const ofGroup = text(group) ?? fromVersion ?? (word === 'Deployment' ? 'apps' : '');
  return refer(graph, object, type, path, {
    group: ofGroup, kind: word, namespace: filled(namespace) ?? object.namespace, name: target, section: filled(sectionName),
  });
}

const ingresses: Source = (graph) => graph.ofKind('networking.k8s.io', 'Ingress').flatMap((object) => {
  const core = (kind: string, name: unknown, path: Path, port?: unknown) => (filled(name) === undefined
    ? []
    : [refer(graph, object, ReferenceType.INGRESS, path, { group: '', kind, namespace: object.namespace, name: filled(name)!, port: integer(port) })]);
  const backend = (path: Path) => {
    const { name, port } = map(at(object.manifest, [...path, 'service']));
    return core('Service', name, [...path, 'service'], map(port).number);
  };
  return [
    ...backend(['spec', 'defaultBackend']),
    ...items(object.manifest, ['spec', 'rules']).flatMap((rule) => items(object.manifest, [...rule.path, 'http', 'paths']))
      .flatMap(({ path }) => backend([...path, 'backend'])),
    ...items(object.manifest, ['spec', 'tls']).flatMap(({ value, path }) => core('Secret', map(value).secretName, [...path, 'secretName'])),
  ];
});

const SOURCES: readonly Source[] = [
  gateways, listenerSets, trust, routes, pools, services, pickers, poolUsers, workloads, access, hosts, plugs, targets, ingresses,
];
