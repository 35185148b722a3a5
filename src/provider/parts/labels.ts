import type { ModelPlan } from '../../plan';

/** Labels of every object a provider makes for a model. */
export function workloadLabels(plan: ModelPlan): Record<string, string> {
  return {
    [`${plan.domain}/managed-by`]: managerOf(plan),
    [`${plan.domain}/deployment`]: plan.name,
    [`${plan.domain}/model-source`]: plan.model.source,
    [`${plan.domain}/engine-type`]: plan.engine.type,
  };
}

/** The label the InferencePool selects serving pods by. */
export function poolLabel(plan: ModelPlan): Record<string, string> {
  return { [`${plan.domain}/model-deployment`]: plan.name };
}

/** The word that says which controller an object belongs to: `airunway`, or `kubeairunway` in the older group. */
export function managerOf(plan: ModelPlan): string {
  return plan.domain.split('.')[0];
}
