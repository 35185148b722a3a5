import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import { filled, integer, items, map, Path, text, textMap } from '../json';
import { addTo, view } from '../view';
import type { Container, ContainerPort } from './containers';
import { PodTemplate, selectPods } from './workloads';

export interface ServicePort {
  readonly path: Path;
  readonly name?: string;
  readonly port: number;
  /** A number, or the name of a container port. */
  readonly targetPort: number | string;
  readonly protocol: string;
  readonly appProtocol?: string;
}

export interface Service {
  readonly object: GraphObject;
  readonly namespace: string;
  readonly name: string;
  /** Empty when the Service has no selector: its endpoints come from elsewhere. */
  readonly selector: ReadonlyMap<string, string>;
  readonly selects: readonly PodTemplate[];
  readonly ports: readonly ServicePort[];
  readonly type: string;
  readonly headless: boolean;
}

export const servicesOf = view((graph: Graph): readonly Service[] => graph.ofKind('', 'Service').map((object) => serviceOf(graph, object)));

const byObject = view((graph: Graph) => new Map(servicesOf(graph).map((service) => [service.object, service])));

/** A Service of the set by its name. */
export function findService(graph: Graph, namespace: string, name: string): Service | undefined {
  const object = graph.find({ group: '', kind: 'Service', namespace, name });
  return object && byObject(graph).get(object);
}

const selecting = view((graph: Graph) => {
  const found = new Map<PodTemplate, Service[]>();
  for (const service of servicesOf(graph)) service.selects.forEach((template) => addTo(found, template, service));
  return found;
});

/** The Services of the set that select the pods of a template. */
export function servicesFor(graph: Graph, template: PodTemplate): readonly Service[] {
  return selecting(graph).get(template) ?? [];
}

/**
 * The number of the port that a port of a Service leads to in the pods of a template; undefined when they have no port of that name.
 */
export function targetPortIn({ targetPort }: ServicePort, containers: readonly Container[]): number | undefined {
  return typeof targetPort === 'number' ? targetPort : containerPort(containers, targetPort)?.port;
}

/** The port of a container by number or name. */
export function containerPort(containers: readonly Container[], port: number | string): ContainerPort | undefined {
  return containers.flatMap(({ ports }) => ports).find((candidate) => candidate.port === port || candidate.name === port);
}

/** The port of a Service by number. */
export function portOf({ ports }: Service, number: number | undefined): ServicePort | undefined {
  return ports.find(({ port }) => port === number);
}

/**
 * Whether Istio speaks HTTP/2 to a port, as gRPC needs: its appProtocol says so, else what its name starts with. Letters may be of either case,
 * but in `kubernetes.io/h2c`; a bare `h2c` says nothing to it (pkg/config/kube/conversion.go).
 */
export function speaksHttp2({ appProtocol, name = '', protocol }: ServicePort): boolean {
  if (protocol === 'UDP') return false;
  return appProtocol === 'kubernetes.io/h2c' || /^(grpc-web.*|(grpc|http2)(-.*)?)$/i.test(appProtocol ?? name);
}

function serviceOf(graph: Graph, object: GraphObject): Service {
  const { manifest, name, namespace = '' } = object;
  const { selector, type, clusterIP } = map(manifest.spec);
  const labels = textMap(selector);
  return {
    object,
    namespace,
    name,
    selector: labels,
    selects: selectPods(graph, namespace, labels),
    type: text(type) ?? 'ClusterIP',
    headless: clusterIP === 'None',
    ports: items(manifest, ['spec', 'ports']).flatMap(({ value, path }): ServicePort[] => {
      const { port, targetPort, name: portName, protocol, appProtocol } = map(value);
      const number = integer(port);
      if (number === undefined) return [];
      return [{
        path,
        name: filled(portName),
        port: number,
        // Go programs write the 0 and the empty text that the API server takes for none.
        targetPort: (integer(targetPort) || undefined) ?? filled(targetPort) ?? number,
        protocol: text(protocol) ?? 'TCP',
        appProtocol: filled(appProtocol),
      }];
    }),
  };
}
