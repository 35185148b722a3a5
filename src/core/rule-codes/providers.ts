import type { Rule } from './rule';

/** Rules about providers. */
export const PROVIDER_RULES = {
  IGW301: {
    title: 'the provider cannot serve this engine, mode or hardware',
    breaks: 'the admission webhook or the provider refuses the ModelDeployment',
    source: 'ai-runway/airunway controller/internal/validation/compatibility.go',
  },
  IGW302: {
    title: 'an InferenceProviderConfig is admitted but cannot work',
    breaks: 'nothing checks it in a cluster: the rule is skipped, or the route points at a pool that never exists',
    source: 'ai-runway/airunway controller/api/v1alpha1/inferenceproviderconfig_types.go',
  },
} as const satisfies Record<string, Rule>;
