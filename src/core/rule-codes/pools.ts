import type { Rule } from './rule';
import { GAIE, GATEWAY_API } from './sources';

/** Rules about pools, endpoint pickers, routes and grants. */
export const POOL_RULES = {
  IGW501: {
    title: 'an InferencePool is not valid',
    breaks: 'the API server refuses the pool, or it selects no pod',
    source: GAIE,
  },
  IGW502: {
    title: 'a route is not valid',
    breaks: 'the API server refuses the route, or it never matches',
    source: GATEWAY_API,
  },
  IGW503: {
    title: 'the endpoint picker is not valid',
    breaks: 'the endpoint picker stops at start and every request answers 500',
    source: 'Gateway API Inference Extension, endpoint picker flags and configuration',
  },
  IGW504: {
    title: 'the endpoint picker does not take a flag',
    breaks: 'the endpoint picker exits at start, or ignores the flag, and every request answers 500',
    source: 'pkg/epp/server/options.go of the Gateway API Inference Extension and of the llm-d router',
  },
  IGW505: {
    title: 'the configuration of the endpoint picker is not valid',
    breaks: 'the endpoint picker exits at start and every request answers 500',
    source: 'pkg/epp/config/loader of the Gateway API Inference Extension and of the llm-d router',
  },
  IGW506: {
    title: 'the endpoint picker does not have a plugin',
    breaks: 'the endpoint picker exits at start: the plugin type is not registered',
    source: 'cmd/epp/runner/runner.go of the Gateway API Inference Extension and of the llm-d router',
  },
  IGW507: {
    title: 'the configuration is written for another build of the endpoint picker',
    breaks: 'the endpoint picker decodes it strictly and exits at start',
    source: 'apix/config/v1alpha1 of the Gateway API Inference Extension and of the llm-d router',
  },
  IGW508: {
    title: 'a setting of the endpoint picker has no effect, or less than it seems',
    breaks: 'requests are served, without what the setting asks for',
    source: 'pkg/epp/config/loader of the Gateway API Inference Extension and of the llm-d router',
  },
  IGW509: {
    title: 'an InferenceObjective, InferenceModelRewrite or LoRA adapter map is not valid',
    breaks: 'the API server refuses it, or requests go where they should not',
    source: 'Gateway API Inference Extension specification, inference.networking.x-k8s.io/v1alpha2',
  },
  IGW510: {
    title: 'a ReferenceGrant is not valid',
    breaks: 'the API server refuses it, and routes that rely on it answer 500',
    source: GATEWAY_API,
  },
} as const satisfies Record<string, Rule>;
