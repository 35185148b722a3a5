import type { Graph } from '../../graph';
import { filled } from '../../json';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { addTo, view } from '../../view';
import { flagOf } from '../../views/command-line';
import { DestinationRule, destinationRuleFor, destinationRulesFor, destinationRulesOf, isExported, tlsTo } from '../../views/destination-rules';
import { istioClients, Processor, ProcessorLink, processorLinks } from '../../views/processors';
import { hasOpaque } from '../../views/workloads';

export const rule: GraphRule = {
  code: 'IGW1206',
  title: 'TLS on one side only: the gateway and an endpoint picker or body-based router do not agree',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'Every request to the model answers 500; for a body-based router, every request through the gateway. All conditions are True.',
  breaks: 'Endpoint picker and body-based router serve TLS with a certificate of their own making, unless --secure-serving=false. Istio speaks '
    + 'plaintext unless a DestinationRule says otherwise, and takes such a certificate only with insecureSkipVerify.',
  source: 'pkg/epp/server/runserver.go of the Gateway API Inference Extension; observed with Istio 1.30',
  * check(graph) {
    const seen = new Set<string>();
    for (const link of processorLinks(graph)) {
      for (const client of istioClients(graph, link)) {
        const problem = problemOf(graph, link, client);
        const key = problem && JSON.stringify([problem.object.key, problem.field, problem.problem]);
        if (!problem || seen.has(key!)) continue;
        seen.add(key!);
        yield problem;
      }
    }
  },
};

const MODES = ['DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL'];

function problemOf(graph: Graph, link: ProcessorLink, client: string): Problem | undefined {
  const { service, servicePort, port, severity, what, outcome } = link;
  const processor = link.processors[0];
  if (!processor || !servicePort || processor.secureServing === undefined) return undefined;
  const rules = destinationRulesFor(graph, service.namespace, service.name);
  // A rule that names no namespace goes where it is applied.
  const unplaced = rules.find(({ object }) => filled(object.get('metadata', 'namespace')) === undefined);
  // Whether such a rule applies depends on the labels of the gateway's pods.
  if (rules.some(({ selective, namespace }) => selective && namespace === client)) return undefined;
  const effective = destinationRuleFor(graph, client, service.namespace, service.name) ?? unplaced;
  const tls = effective && tlsTo(effective, port);
  const secure = processor.secureServing;
  if (!secure) {
    if (!effective || !tls || tls.mode === 'DISABLE') return undefined;
    const flag = flagOf(processor.line, 'secure-serving');
    return {
      object: effective.object,
      field: [...tls.path, 'mode'],
      value: tls.mode,
      problem: `makes the gateway speak TLS to the ${what} ${processor.object.name}, which serves plaintext; ${outcome}`,
      allowed: 'DISABLE',
      fix: 'remove the DestinationRule, or let the flag --secure-serving be true',
      severity,
      related: [{ object: processor.object, field: flag?.valuePath ?? processor.container.path, note: 'TLS is off' }],
    };
  }
  // A controller whose objects the set does not show may make one.
  if (!effective) return hasOpaque(graph, service.namespace) || hasOpaque(graph, client) ? undefined : missing(graph, link, client, processor);
  const path = tls?.path ?? ['spec', 'trafficPolicy', ...effective.portTls.has(port ?? 0) ? ['portLevelSettings'] : []];
  const problem: Pick<Problem, 'object' | 'severity'> = { object: effective.object, severity };
  if (!tls || tls.mode === 'DISABLE') {
    const instead = rules.find((rule) => rule !== effective && tlsTo(rule, port)?.mode === 'SIMPLE');
    return {
      ...problem,
      field: tls ? [...path, 'mode'] : path,
      ...tls ? { value: effective.object.get(...path, 'mode') } : {},
      problem: `${tls ? 'makes the gateway speak plaintext' : `says nothing of TLS to port ${port}`}, and the ${what} ${processor.object.name} serves TLS${overrides(instead)}; ${outcome}`,
      allowed: 'SIMPLE',
      fix: `set tls with mode SIMPLE and insecureSkipVerify true${effective.portTls.has(port ?? 0) ? ': what portLevelSettings leaves out is not taken from above' : ''}`,
    };
  }
  if (!MODES.includes(tls.mode)) {
    return { ...problem, field: [...path, 'mode'], value: tls.mode, problem: `is no mode of TLS; ${outcome}`, allowed: MODES.join(', '), fix: 'set SIMPLE' };
  }
  const certified = flagOf(processor.line, 'cert-path') !== undefined;
  if (tls.mode === 'ISTIO_MUTUAL') {
    if (hasSidecar(processor)) return undefined;
    return {
      ...problem, field: [...path, 'mode'], value: tls.mode, problem: `expects a certificate of the mesh, and the ${what} ${processor.object.name} has one of its own; ${outcome}`, allowed: 'SIMPLE', fix: 'set SIMPLE and insecureSkipVerify true',
    };
  }
  if (tls.insecureSkipVerify || (certified && (tls.caCertificates !== undefined || tls.credentialName !== undefined))) return undefined;
  return {
    ...problem,
    field: [...path, 'insecureSkipVerify'],
    ...effective.object.get(...path, 'insecureSkipVerify') === undefined ? {} : { value: effective.object.get(...path, 'insecureSkipVerify') },
    problem: certified
      ? 'is not set and no caCertificates either: the certificate of --cert-path is checked against the authorities of the gateway\'s image'
      : `is not true, and the ${what} ${processor.object.name} has a certificate of its own making: the gateway refuses it; ${outcome}`,
    fix: certified ? 'set caCertificates, credentialName or insecureSkipVerify: true' : 'set insecureSkipVerify: true, or give it a certificate with --cert-path and set caCertificates',
    ...certified ? { severity: Severity.WARNING } : {},
  };
}

function overrides(other: DestinationRule | undefined): string {
  return other ? ` (${other.object} says SIMPLE, but this one comes first)` : '';
}

/** No rule of the set applies: there may be one for a name that is nearly right. */
function missing(graph: Graph, link: ProcessorLink, client: string, processor: Processor): Problem {
  const { from, path, service, severity, what, outcome, gateways } = link;
  const host = `${service.name}.${service.namespace}.svc.cluster.local`;
  const hidden = destinationRulesFor(graph, service.namespace, service.name).find((rule) => !rule.selective);
  const near = hidden ?? meantFor(graph).get(service.name)?.[0];
  const text = `the ${what} ${processor.object.name} serves TLS, and the gateway speaks plaintext to it: no DestinationRule for ${host}`;
  if (!near) {
    return {
      object: gateways.length > 0 ? service.object : from,
      field: gateways.length > 0 ? ['metadata', 'name'] : path,
      value: service.name,
      problem: `${text}; ${outcome}`,
      fix: `add a DestinationRule for ${host} with tls mode SIMPLE and insecureSkipVerify true, or set --secure-serving=false`,
      severity,
      related: [{ object: processor.object, field: ['metadata', 'name'], note: 'serves TLS' }],
    };
  }
  const visible = isExported(near, client);
  return {
    object: near.object,
    field: hidden && !visible ? ['spec', 'exportTo'] : hidden ? ['metadata', 'namespace'] : ['spec', 'host'],
    value: hidden && !visible ? near.exportTo : hidden ? near.namespace : near.host,
    problem: hidden
      ? `is not seen by the gateway in namespace ${client}: ${text.replace('no DestinationRule', 'no other DestinationRule')}; ${outcome}`
      : `is not the name of the Service: ${text}; ${outcome}`,
    allowed: hidden && !visible ? `*, ${client}` : hidden ? `${service.namespace}, ${client}, istio-system` : host,
    fix: hidden && !visible ? 'remove exportTo' : hidden ? 'move it there' : `set ${host}`,
    severity,
  };
}

/** Rules with TLS whose host is no Service of the set, by the first part of the host: what is left of a name that is misspelt further on. */
const meantFor = view((graph: Graph): ReadonlyMap<string, readonly DestinationRule[]> => {
  const found = new Map<string, DestinationRule[]>();
  for (const rule of destinationRulesOf(graph)) {
    const [name, namespace = ''] = rule.fqdn.split('.');
    const right = rule.fqdn.endsWith('.svc.cluster.local') && graph.find({ group: '', kind: 'Service', namespace, name });
    if (rule.tls && !right) addTo(found, name, rule);
  }
  return found;
});

/** Whether the pods are told to run Istio's sidecar, which has a certificate of the mesh. */
function hasSidecar({ template }: Processor): boolean {
  return template.labels.get('sidecar.istio.io/inject') === 'true' || template.labels.has('istio.io/rev')
    || template.workload.object.get(...template.path, 'metadata', 'annotations', 'sidecar.istio.io/inject') === 'true';
}
