import { keyOf } from '../../graph-object';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { MadeObject, ModelDeploymentView, modelDeploymentsOf } from '../../views/model-deployments';

export const rule: GraphRule = {
  code: 'IGW1603',
  title: 'AI Runway makes objects of the same name for two ModelDeployments',
  family: RuleFamily.COEXISTENCE,
  severity: Severity.ERROR,
  symptom: 'One of two models never gets ready (ResourceConflict, or already owned by another controller); or both share a pool or grant, and requests of one reach the other or answer 500.',
  breaks: 'Names are made by appending -epp, -decode or -prefill to that of the ModelDeployment, or from the pattern of the provider. No suffix keeps them apart.',
  source: 'ai-runway/airunway, names of what the controllers make; observed: models of one name with a fixed pool namespace share one ReferenceGrant',
  * check(graph) {
    const taken = new Map<string, { readonly model: ModelDeploymentView; readonly made: MadeObject }>();
    for (const model of modelDeploymentsOf(graph)) {
      const met = new Set<ModelDeploymentView>();
      for (const made of model.makes) {
        const key = keyOf(made);
        const first = taken.get(key);
        if (!first) taken.set(key, { model, made });
        if (!first || first.model === model || met.has(first.model)) continue;
        met.add(first.model);
        yield {
          object: model.object,
          field: ['metadata', 'name'],
          value: model.name,
          problem: `makes ${made.kind} ${made.namespace}/${made.name}, and so does ${first.model.object}: one of the two fails, or both write it in turns`,
          fix: made.as === 'pool of the provider'
            ? 'rename one, or put {name} and {namespace} into the pattern of the InferenceProviderConfig'
            : 'rename one of the two',
          severity: made.certain && first.made.certain ? Severity.ERROR : Severity.WARNING,
          related: [{ object: first.model.object, field: ['metadata', 'name'], note: 'the other one' }],
        };
      }
    }
  },
};
