import type { Graph } from '../../graph';
import type { GraphObject } from '../../graph-object';
import { at, integer, items, map, text, textMap, texts } from '../../json';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { addTo, view } from '../../view';
import { bodyRoutersOf } from '../../views/body-routers';
import { isOn, numberOf } from '../../views/command-line';
import { pickersOf } from '../../views/endpoint-pickers';
import { nameOf, Processor } from '../../views/processors';
import { deniedRights, describeRights, isRightsKnown, Need } from '../../views/rights';

export const rule: GraphRule = {
  code: 'IGW1211',
  title: 'metrics are scraped of a pod that may not check who scrapes',
  family: RuleFamily.SERVING,
  severity: Severity.WARNING,
  symptom: 'The target is down: /metrics answers 401 without a token and 500 with one. Requests are served all the same.',
  breaks: 'With --metrics-endpoint-auth, which is on by default, every scrape is checked with a TokenReview and a SubjectAccessReview, and the '
    + 'ServiceAccount may create neither.',
  source: 'cmd/epp/runner/runner.go of the Gateway API Inference Extension; observed with v1.5.0',
  * check(graph) {
    for (const processor of [...pickersOf(graph), ...bodyRoutersOf(graph)]) {
      if (isOn(processor.line, 'metrics-endpoint-auth', true) !== true) continue;
      const monitor = monitorOf(graph, processor);
      if (!monitor || !isRightsKnown(graph, processor, ['tokenreviews', 'inferencepools', 'configmaps'], true)) continue;
      const denied = deniedRights(graph, processor, NEEDS);
      if (denied.length === 0) continue;
      yield {
        object: monitor,
        field: ['spec'],
        problem: `scrapes the ${nameOf(processor)} ${processor.object.name}, whose ServiceAccount ${processor.serviceAccount} may not ${describeRights(denied)}: /metrics answers 500`,
        fix: `bind a ClusterRole with these rights to it, or give the ${nameOf(processor)} the flag --metrics-endpoint-auth=false`,
        related: [{ object: processor.object, field: [...processor.template.specPath, 'serviceAccountName'], note: 'the account that checks tokens' }],
      };
    }
  },
};

const NEEDS: readonly Need[] = [
  { verbs: ['create'], group: 'authentication.k8s.io', resource: 'tokenreviews' },
  { verbs: ['create'], group: 'authorization.k8s.io', resource: 'subjectaccessreviews' },
];

interface Monitor {
  readonly object: GraphObject;
  readonly labels: ReadonlyMap<string, string>;
  /** Absent for all namespaces. */
  readonly namespaces?: readonly string[];
  /** Of Services, or of pods. */
  readonly of: 'Service' | 'Pod';
  readonly ports: readonly (string | number)[];
}

const KINDS: readonly [group: string, kind: string, of: Monitor['of'], endpoints: string][] = [
  ['monitoring.coreos.com', 'ServiceMonitor', 'Service', 'endpoints'],
  ['monitoring.coreos.com', 'PodMonitor', 'Pod', 'podMetricsEndpoints'],
  ['monitoring.googleapis.com', 'PodMonitoring', 'Pod', 'endpoints'],
];

/** Monitors by one of the labels they select. */
const monitors = view((graph: Graph): ReadonlyMap<string, readonly Monitor[]> => {
  const found = new Map<string, Monitor[]>();
  for (const [group, kind, of, endpoints] of KINDS) {
    for (const object of graph.ofKind(group, kind)) {
      const labels = textMap(object.get('spec', 'selector', 'matchLabels'));
      const { any, matchNames } = map(object.get('spec', 'namespaceSelector'));
      const ports = items(object.manifest, ['spec', endpoints]).flatMap(({ value }) => {
        const { port, targetPort } = map(value);
        return [integer(port) ?? text(port) ?? integer(targetPort) ?? text(targetPort) ?? []].flat();
      });
      const [first] = labels;
      if (!first) continue;
      const names = texts(matchNames);
      addTo(found, JSON.stringify(first), { object, labels, of, ports, namespaces: any === true ? undefined : names.length > 0 ? names : [object.namespace ?? ''] });
    }
  }
  return found;
});

/** A monitor of the set that scrapes the metrics port of a processor. */
function monitorOf(graph: Graph, processor: Processor): GraphObject | undefined {
  const metrics = numberOf(processor.line, 'metrics-port', 9090);
  const isMetrics = (port: number | string) => port === metrics
    || processor.container.ports.some((known) => known.name === port && known.port === metrics);
  const find = (of: Monitor['of'], labels: ReadonlyMap<string, string>, namespace: string, scraped: (port: string | number) => boolean) => (
    [...labels].flatMap((label) => monitors(graph).get(JSON.stringify(label)) ?? []).find((monitor) => (
      monitor.of === of && (monitor.namespaces?.includes(namespace) ?? true) && monitor.ports.some(scraped)
      && [...monitor.labels].every(([key, value]) => labels.get(key) === value))));
  for (const { object, namespace, ports } of processor.services) {
    const scraped = (port: string | number) => ports.some(({ name, targetPort }) => (name === port || targetPort === port) && isMetrics(targetPort));
    const monitor = find('Service', textMap(at(object.manifest, ['metadata', 'labels'])), namespace, scraped);
    if (monitor) return monitor.object;
  }
  return find('Pod', processor.template.labels, processor.namespace, isMetrics)?.object;
}
