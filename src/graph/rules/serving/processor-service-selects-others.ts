import type { Graph } from '../../graph';
import { serviceSelection } from '../../presence';
import { ReferenceType } from '../../reference';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { accessOf } from '../../views/access';
import { bodyRoutersOf } from '../../views/body-routers';
import { pickersForPool } from '../../views/endpoint-pickers';
import { isPicker, Processor, ProcessorLink, processorLinks } from '../../views/processors';
import { hasOpaque } from '../../views/workloads';

export const rule: GraphRule = {
  code: 'IGW1204',
  title: 'the Service of an endpoint picker or body-based router does not lead to it',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'Every request to the model answers 500, or some do, or another model\'s pods are picked; for a body-based router, every request. '
    + 'All conditions are True.',
  breaks: 'The selector of the Service has no pods, or those of something else.',
  source: 'Kubernetes Services; observed with Istio 1.30 and the endpoint picker v1.5.0',
  * check(graph) {
    for (const link of processorLinks(graph)) yield* problemsOf(graph, link);
  },
};

function* problemsOf(graph: Graph, link: ProcessorLink): Iterable<Problem> {
  const { service, processors, others, pool, what, severity, outcome } = link;
  const meant = meantBy(graph, link);
  const selector = Object.fromEntries(service.selector);
  const problem: Pick<Problem, 'object' | 'field' | 'value'> = { object: service.object, field: ['spec', 'selector'], value: selector };
  if (service.selects.length === 0) {
    if (service.type === 'ExternalName' || (!meant && serviceSelection(graph, service) !== 'missing' && !isAbandoned(graph, link))) return;
    if (service.selector.size === 0 && hasEndpoints(graph, link)) return;
    yield {
      ...problem, problem: `selects no pod of namespace ${service.namespace}, so that nothing answers for the ${what}; ${outcome}`, fix: fixFor(meant), severity,
    };
    return;
  }
  if (processors.length === 0) {
    if (!meant) return;
    yield { ...problem, problem: `selects the pods of ${others[0].workload.object}, which is no ${what}; ${outcome}`, fix: fixFor(meant), severity };
    return;
  }
  if (others.length > 0) {
    yield {
      ...problem, problem: `also selects the pods of ${others[0].workload.object}, which is no ${what}: requests that go there fail`, fix: fixFor(processors[0]), severity,
    };
  }
  const foreign = pool && processors.filter((processor) => isPicker(processor) && processor.pool && !poolsToldTo(processor, pool));
  if (foreign && foreign.length > 0 && foreign.length < processors.length) {
    const own = processors.find((processor) => !foreign.includes(processor));
    const [other] = foreign;
    yield {
      ...problem,
      problem: `also selects the pods of ${other.object}, which pick for InferencePool ${isPicker(other) ? other.pool!.name : ''}: such requests fail`,
      fix: fixFor(own),
      severity,
    };
  }
}

function poolsToldTo(processor: Processor, pool: NonNullable<ProcessorLink['pool']>): boolean {
  return isPicker(processor) && processor.pool?.name === pool.name && processor.pool.namespace === pool.namespace;
}

/** The processor of the set that the Service should lead to. */
function meantBy(graph: Graph, { pool, service, processors }: ProcessorLink): Processor | undefined {
  if (processors.length > 0) return processors[0];
  if (pool) return pickersForPool(graph, pool).find((picker) => picker.namespace === service.namespace);
  const routers = bodyRoutersOf(graph).filter((router) => router.namespace === service.namespace);
  return routers.find(({ services }) => services.length === 0) ?? routers[0];
}

/** Whether the ServiceAccount and role of a processor are in the set, and no pod that runs as it. */
function isAbandoned(graph: Graph, { service: { namespace, name }, what }: ProcessorLink): boolean {
  if (hasOpaque(graph, namespace)) return false;
  const account = graph.find({ group: '', kind: 'ServiceAccount', namespace, name });
  if (!account) return false;
  const used = graph.edgesTo(account).some(({ type }) => type === ReferenceType.SERVICE_ACCOUNT);
  const resource = what === 'endpoint picker' ? 'inferencepools' : 'configmaps';
  return !used && accessOf(graph, namespace, name).bindings.some(({ rules }) => rules?.some(({ resources }) => resources.includes(resource)));
}

/** Whether a Service without selector has addresses given by hand. */
function hasEndpoints(graph: Graph, { service: { namespace, name } }: ProcessorLink): boolean {
  return graph.find({ group: '', kind: 'Endpoints', namespace, name }) !== undefined
    || graph.ofKind('discovery.k8s.io', 'EndpointSlice', namespace).some(({ labels }) => labels.get('kubernetes.io/service-name') === name);
}

function fixFor(processor: Processor | undefined): string {
  if (!processor) return 'select the labels of its pods';
  const labels = [...processor.template.labels].map(([key, value]) => `${key}: ${value}`).join(', ');
  const others = isPicker(processor) && processor.pool ? ` for InferencePool ${processor.pool.name}` : '';
  return `select the labels of ${processor.object}${others}${labels === '' ? ', and give its pods some' : ` (${labels})`}`;
}
