import type { ModelPlan } from '../../plan';

/**
 * What Dynamo's provider reads of the overrides before it merges them. Replicas and resources of frontend and epp, which it would
 * read too, are refused at admission.
 */
export interface Shorthands {
  readonly routerMode?: string;
  readonly epp?: { readonly image?: string };
}

export function shorthandsOf({ overrides }: ModelPlan): Shorthands {
  return overrides ?? {};
}
