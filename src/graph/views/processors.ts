import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import type { Path } from '../json';
import { Severity } from '../rule';
import { view } from '../view';
import { BodyRouter, bodyRoutersOf, PlugType, routerPlugsOf } from './body-routers';
import { destinationRulesFor } from './destination-rules';
import { Picker, pickerOfTemplate, poolsOfPicker } from './endpoint-pickers';
import type { Gateway } from './gateways';
import { Pool, poolsOf } from './pools';
import { gatewaysBefore } from './routes';
import { portOf, Service, ServicePort } from './services';
import type { PodTemplate } from './workloads';

/** What gateways ask over gRPC while they handle a request: an endpoint picker or a body-based router. */
export type Processor = Picker | BodyRouter;

/** A gateway's way to a processor: what names it, the Service and port in between, and the pods behind. */
export interface ProcessorLink {
  /** The pool, or what plugs the router in. */
  readonly from: GraphObject;
  /** The field that names the Service. */
  readonly path: Path;
  /** The field that names the port. */
  readonly portPath: Path;
  readonly pool?: Pool;
  readonly what: 'endpoint picker' | 'body-based router';
  readonly service: Service;
  readonly port?: number;
  /** The port of the Service, when it has it. */
  readonly servicePort?: ServicePort;
  /** Processors of the set behind the Service. */
  readonly processors: readonly Processor[];
  /** Other pods of the set behind the Service. */
  readonly others: readonly PodTemplate[];
  /** Gateways of the set that use it. */
  readonly gateways: readonly Gateway[];
  /** What an unreachable processor means: requests fail, or are answered without it. */
  readonly severity: Severity;
  /** What happens to requests then. */
  readonly outcome: string;
}

const routerByTemplate = view((graph: Graph) => new Map(bodyRoutersOf(graph).map((router) => [router.template, router])));

/** Every way from a gateway to a processor whose Service is in the set. */
export const processorLinks = view((graph: Graph): readonly ProcessorLink[] => [...pickerLinks(graph), ...routerLinks(graph)]);

function pickerLinks(graph: Graph): ProcessorLink[] {
  return poolsOf(graph).flatMap((pool): ProcessorLink[] => {
    const { picker, object: from } = pool;
    if (!picker?.service) return [];
    const { service, port, path } = picker;
    const processors = service.selects.map((template) => pickerOfTemplate(graph, template));
    return [{
      from,
      path: [...path, 'name'],
      portPath: path.at(-1) === 'extensionRef' ? [...path, 'portNumber'] : [...path, 'port', 'number'],
      pool,
      what: 'endpoint picker',
      service,
      port,
      servicePort: portOf(service, port),
      processors: processors.filter((processor) => processor !== undefined),
      others: service.selects.filter((_, index) => processors[index] === undefined),
      gateways: gatewaysBefore(graph, from),
      severity: severityOf([pool]),
      outcome: outcomeOf([pool]),
    }];
  });
}

function routerLinks(graph: Graph): ProcessorLink[] {
  return routerPlugsOf(graph).flatMap(({ object: from, service: target, gateways, type }): ProcessorLink[] => {
    if (!target?.object) return [];
    const { object: service, path, port } = target;
    const processors = service.selects.map((template) => routerByTemplate(graph).get(template));
    // An external processor for something else is none of ours.
    const mayBe = service.selects.length === 0 ? /bbr|body|payload/i.test(service.name) : processors.some((processor) => processor !== undefined);
    if (!mayBe) return [];
    return [{
      from,
      path,
      portPath: type === PlugType.ENVOY_FILTER ? path : [...path, 'port'],
      what: 'body-based router',
      service,
      port,
      servicePort: portOf(service, port),
      processors: processors.filter((processor) => processor !== undefined),
      others: service.selects.filter((_, index) => processors[index] === undefined),
      gateways,
      severity: Severity.ERROR,
      outcome: 'every request through the gateway fails',
    }];
  });
}

/** How bad it is when the endpoint picker of pools cannot be asked: with `FailOpen` requests are answered without it. */
export function severityOf(pools: readonly Pool[]): Severity {
  return pools.length > 0 && pools.every(({ picker }) => picker?.failOpen) ? Severity.WARNING : Severity.ERROR;
}

/** What becomes of requests then. */
export function outcomeOf(pools: readonly Pool[]): string {
  return severityOf(pools) === Severity.WARNING
    ? 'requests go to any pod in turn, since failureMode is FailOpen'
    : 'requests to the model answer 500';
}

/** The same for a picker of the set. */
export function pickerSeverity(graph: Graph, picker: Picker): Severity {
  return severityOf(poolsOfPicker(graph, picker));
}

/** What a processor is called in messages. */
export function nameOf(processor: Processor): string {
  return isPicker(processor) ? 'endpoint picker' : 'body-based router';
}

export function isPicker(processor: Processor): processor is Picker {
  return 'metricsAuth' in processor;
}

/** Whether a Gateway's proxies are Istio's, going by its class. */
function isIstio({ known, implementation }: Gateway): boolean {
  return known && implementation.capabilities.destinationRules === true;
}

const HIGRESS_NAMESPACE = 'higress-system';

/**
 * The namespaces of the Istio proxies that use a link. Without a Gateway in the set, a DestinationRule for the Service tells that there are
 * some; they are then taken to be where they see it.
 */
export function istioClients(graph: Graph, { gateways, service }: ProcessorLink): readonly string[] {
  if (gateways.length === 0) {
    const rules = destinationRulesFor(graph, service.namespace, service.name).filter(({ selective }) => !selective);
    const namespaces = rules.map(({ namespace }) => namespace);
    return namespaces.includes(service.namespace) ? [service.namespace] : namespaces.slice(0, 1);
  }
  const clients = gateways.filter(isIstio).map(({ namespace, className }) => (className === 'higress' ? HIGRESS_NAMESPACE : namespace));
  return [...new Set(clients)];
}
