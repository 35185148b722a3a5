import type { Graph } from '../../graph';
import { integer } from '../../json';
import { distance } from '../../presence';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { BUILT_IN_PROVIDERS, ModelDeploymentView, modelDeploymentsOf, ProviderOffers } from '../../views/model-deployments';
import { namesOf, nearestFirst } from '../nearest';

export const rule: GraphRule = {
  code: 'IGW1607',
  title: 'no provider runs a ModelDeployment',
  family: RuleFamily.COEXISTENCE,
  severity: Severity.ERROR,
  symptom: 'The ModelDeployment is refused, or stays Pending or Failed without a workload: "provider … not found", "does not support engine", "no engines available".',
  breaks: 'A provider is known by its InferenceProviderConfig, which says which engines it has, and which of them run without a GPU. An engine that is not given is chosen among '
    + 'those; without a GPU in resources, among those that need none.',
  source: 'ai-runway/airunway controller/internal/validation, modeldeployment_controller.go: selectEngine; observed: the quickstart with provider vllm and no engine fails',
  * check(graph) {
    for (const model of modelDeploymentsOf(graph)) {
      if (model.provider === undefined) continue;
      const problem = model.offers ? engineProblem(model, model.offers) : unknownProvider(graph, model, model.provider);
      if (problem) yield problem;
    }
  },
};

function unknownProvider(graph: Graph, { object }: ModelDeploymentView, provider: string): Problem | undefined {
  const names = [...new Set([...namesOf(graph, 'airunway.ai', 'InferenceProviderConfig', undefined), ...BUILT_IN_PROVIDERS])];
  const meant = names.find((name) => distance(name, provider.toLowerCase().slice(0, 80)) <= 1);
  if (!graph.closed && meant === undefined) return undefined;
  return {
    object,
    field: ['spec', 'provider', 'name'],
    value: provider,
    problem: 'is no provider: no InferenceProviderConfig has this name, so no controller makes the workload',
    allowed: nearestFirst(names, provider),
    fix: meant === undefined ? 'name a provider there is, or add its InferenceProviderConfig' : `name ${meant}`,
    severity: graph.closed ? Severity.ERROR : Severity.WARNING,
  };
}

function engineProblem(model: ModelDeploymentView, { engines, object: config }: ProviderOffers): Problem | undefined {
  const { object, provider, engine, disaggregated } = model;
  const related = config ? [{ object: config, field: ['spec', 'capabilities', 'engines'], note: 'the engines it has' }] : [];
  const names = engines.map(({ name }) => name).filter((name) => name !== '');
  if (engine !== undefined) {
    // Without capabilities nothing is checked.
    if (names.length === 0 || names.includes(engine)) return undefined;
    return {
      object, field: ['spec', 'engine', 'type'], value: engine, problem: `is no engine of provider ${provider}: the ModelDeployment is refused`, allowed: names.join(', '),
      fix: 'name an engine of the provider, or another provider', related,
    };
  }
  const gpus = integer(object.get('spec', 'resources', 'gpu', 'count')) ?? 0;
  if (gpus > 0 || disaggregated || names.length === 0 || engines.some(({ withoutGpu }) => withoutGpu)) return undefined;
  return {
    object,
    field: ['spec', 'engine', 'type'],
    problem: `is missing, and so is resources.gpu: an engine that needs no GPU is looked for, and provider ${provider} has none`,
    allowed: names.join(', '),
    fix: `set spec.engine.type: ${names[0]}, which asks for a GPU by itself, or spec.resources.gpu.count`,
    related,
  };
}
