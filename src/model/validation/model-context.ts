import type { ModelDeploymentSpec } from '../../plan';
import type { ProviderSpec } from '../../provider';

/** What is known of a model when it is checked. */
export interface ModelContext {
  readonly name: string;
  readonly namespace: string;
  /** The API group of the custom resource, and the domain of its annotations. */
  readonly domain: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: ModelDeploymentSpec;
  /** The provider's name, when one is given. */
  readonly provider?: string;
  /** What the provider can do; absent when nothing is known of it. */
  readonly providerSpec?: ProviderSpec;
}

/** Dynamo's test backend runs without GPUs, so what needs one is not checked. */
export function isMocker({ annotations, domain, provider }: ModelContext): boolean {
  return provider === 'dynamo' && annotations[`${domain}/dynamo-test-backend`] === 'mocker';
}

export function isAggregated({ spec }: ModelContext): boolean {
  return spec.serving?.mode !== 'disaggregated';
}
