import type { Manifest, Mistake } from '../core';
import type { ModelPlan } from '../plan';

/** How one provider turns a plan into the objects that serve the model. */
export interface ProviderWorkload {
  /** The port the model server listens on inside its pods. */
  targetPort(plan: ModelPlan): number;
  /** The labels of the serving pods, where the provider's operator gives them others than the pool label. */
  podLabels?(plan: ModelPlan): Record<string, string> | undefined;
  /** What the provider's controller would refuse, beyond the admission webhook. */
  check(plan: ModelPlan): Mistake[];
  /** What the provider silently ignores of the plan. */
  notices(plan: ModelPlan): Mistake[];
  /** The objects, the primary one first. */
  render(plan: ModelPlan): Manifest[];
}
